import { Param, type PipeTransform } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { Problem } from './problem';

/** Argument of a route: the id in its path. What cannot be an id names nothing, so it is 404 like any unknown one. */
export const PathId = (name = 'id'): ParameterDecorator => Param(name, new UuidPipe());

class UuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) throw new Problem(404, 'NOT_FOUND');
    return value;
  }
}
