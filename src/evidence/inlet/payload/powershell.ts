import { TIME_BASES, type TimeBasis } from '../reading/neutral-record';
import { type Json, isObject } from './exact-json';
import { at, textAt } from './json-values';
import { type SourceClock, epochTime, offsetTime } from './tool-times';

const MILLIS = /^\/Date\((\d{1,15})(?:[+-]\d{4})?\)\/$/;

/** An instant as `ConvertTo-Json` writes it, and where it comes from. */
export interface PowerShellTime {
  time: Date | null;
  basis: TimeBasis | null;
}

/** The objects that `ConvertTo-Json` makes: an array, one object where there was only one, or an array that was piped as a whole. */
export function objectsOf(document: Json | undefined): Json[] {
  if (Array.isArray(document)) return document;
  const piped = at(document, 'value');
  if (Array.isArray(piped) && at(document, 'Count') !== undefined) return piped;
  return isObject(document) ? [document] : [];
}

/**
 * `/Date(1795366802000)/` of Windows PowerShell, a text of PowerShell 7, or an object around one of them. A text without an offset is local, and is
 * read by the clock of the source. Null for the year 1900 and earlier, by which
 * programs of Windows mean never.
 */
export function powerShellTime(value: Json | undefined, clock: SourceClock): PowerShellTime {
  const plain = (isObject(value) ? (at(value, 'value') ?? at(value, 'DateTime')) : value) ?? null;
  const [, millis] = (typeof plain === 'string' && MILLIS.exec(plain)) || [];
  if (millis) return { time: epochTime(Number(millis) / 1000), basis: 'EPOCH' };
  const instant = offsetTime(plain);
  if (instant) return { time: instant, basis: 'OFFSET' };
  const local = clock.read(plain);
  return local ? { time: local, basis: 'SOURCE_TZ' } : { time: null, basis: null };
}

/** The basis of the times of an object that was brought into the shape of another interface, in `timeBasis`; those of that interface itself have offsets. */
export const basisAt = (value: Json | undefined): TimeBasis =>
  TIME_BASES.find((basis) => basis === textAt(value, 'timeBasis')) ?? 'OFFSET';

/** A text, also where it is wrapped in an object as identifiers and enumerations may be. */
export const powerShellText = (value: Json | undefined, name: string): string | null =>
  textAt(value, name) ?? textAt(value, name, 'Guid') ?? textAt(value, name, 'value') ?? textAt(value, name, 'Value');
