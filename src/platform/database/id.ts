import { v7 } from 'uuid';

/** A new primary key: UUIDv7, made in the application so that a row's id is known before it is written. */
export function newId(): string {
  return v7();
}
