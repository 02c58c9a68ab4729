import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { IMPACT_LEVELS, type ImpactLevel, type Impacts, STOP_MINUTES } from '../../../core/importance/impact';
import { type Answers, answersOf, DONT_KNOW, type Question } from '../../../core/importance/questionnaire';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { EmptyIsNull, IsLongText, MayBeAbsent } from '../../../platform/http/validators';

const IsAnswerTo = (question: Question): PropertyDecorator => {
  const known = [...answersOf(question), DONT_KNOW];
  return (target, key) => {
    IsIn(known)(target, key as string);
    ApiProperty({ enum: known })(target, key as string);
  };
};

/** One answer to each question; DONT_KNOW counts as the weightiest. */
export class AnswersRequest implements Answers {
  /** What the primary functions of the office are without the system. */
  @IsAnswerTo('primaryFunctions')
  primaryFunctions: Answers['primaryFunctions'];

  @IsAnswerTo('coreBusiness')
  coreBusiness: Answers['coreBusiness'];

  @IsAnswerTo('lifeAndSafety')
  lifeAndSafety: Answers['lifeAndSafety'];

  @IsAnswerTo('peopleAffected')
  peopleAffected: Answers['peopleAffected'];

  @IsAnswerTo('legalDeadline')
  legalDeadline: Answers['legalDeadline'];

  /** The longest stop that is accepted. */
  @IsAnswerTo('longestStop')
  longestStop: Answers['longestStop'];

  /** The largest loss of data that is accepted. */
  @IsAnswerTo('dataLoss')
  dataLoss: Answers['dataLoss'];

  /** Whether lost data can be entered again. */
  @IsAnswerTo('reentry')
  reentry: Answers['reentry'];

  @IsAnswerTo('publicFacing')
  publicFacing: Answers['publicFacing'];

  /** What a day of standstill costs. */
  @IsAnswerTo('moneyPerDay')
  moneyPerDay: Answers['moneyPerDay'];

  /** Whether the work can go on by hand. */
  @IsAnswerTo('workaround')
  workaround: Answers['workaround'];
}

const IsImpactRow = (): PropertyDecorator => (target, key) => {
  const name = key as string;
  IsArray()(target, name);
  ArrayMinSize(STOP_MINUTES.length)(target, name);
  ArrayMaxSize(STOP_MINUTES.length)(target, name);
  IsIn(IMPACT_LEVELS, { each: true })(target, name);
  const bounds = { minItems: STOP_MINUTES.length, maxItems: STOP_MINUTES.length };
  ApiProperty({ enum: IMPACT_LEVELS, isArray: true, ...bounds })(target, name);
};

/** How badly each area is harmed by stops of 1 h, 4 h, 12 h, 1 day, 3 days, 7 days and 30 days, in that order. */
export class ImpactsRequest implements Impacts {
  @IsImpactRow()
  SERVICES: ImpactLevel[];

  @IsImpactRow()
  PEOPLE: ImpactLevel[];

  @IsImpactRow()
  LAW: ImpactLevel[];

  @IsImpactRow()
  MONEY: ImpactLevel[];

  @IsImpactRow()
  TRUST: ImpactLevel[];
}

export class AssessmentRequest {
  @ValidateNested()
  @Type(() => AnswersRequest)
  answers: AnswersRequest;

  /** The impact analysis. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ImpactsRequest)
  @ApiProperty({ type: ImpactsRequest, nullable: true, required: false })
  impacts?: ImpactsRequest | null;
}

export class ApproveAssessmentRequest {
  /** The tier that the system gets, whatever was suggested. */
  @IsIn(TIERS)
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  /** Why this tier. */
  @EmptyIsNull()
  @IsLongText(2000)
  rationale: string;

  /** Whether the system also gets the longest bearable stop out of the impact analysis as its MTD. */
  @MayBeAbsent()
  @IsBoolean()
  setMtd?: boolean;
}
