import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../passwords';

/** A password that somebody chooses: long enough; which characters is left to them. */
export const IsNewPassword = (): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MinLength(SHORTEST_PASSWORD),
    MaxLength(LONGEST_PASSWORD),
    ApiProperty({ type: String, format: 'password', minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD }),
  );
