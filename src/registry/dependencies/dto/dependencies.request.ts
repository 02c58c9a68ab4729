import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsUUID, ValidateNested } from 'class-validator';

export class DependencyRequest {
  @IsUUID()
  systemId: string;

  /** Whether the system cannot do without it. */
  @IsBoolean()
  hard: boolean;
}

export class DependenciesRequest {
  /** Everything that the system needs, as far as the caller may see it. */
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique(({ systemId }: DependencyRequest) => systemId)
  @ValidateNested({ each: true })
  @Type(() => DependencyRequest)
  dependsOn: DependencyRequest[];
}
