import { type Json, isObject } from './exact-json';

/** The value below the keys, step by step; undefined where there is none, whatever stands in the way. */
export function at(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let inner: Json | undefined = value;
  for (const key of keys) {
    if (!isObject(inner) || !Object.hasOwn(inner, key)) return undefined;
    inner = inner[key];
  }
  return inner;
}

/** The objects of an array, at the value or below the keys; what is none is passed over. */
export function objectsAt(value: Json | undefined, ...keys: readonly string[]): { [key: string]: Json }[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A text that is not empty. */
export function textAt(value: Json | undefined, ...keys: readonly string[]): string | null {
  const found = at(value, ...keys);
  return typeof found === 'string' && found !== '' ? found : null;
}

/** A count of bytes or things, also where a tool writes it as text: a whole number from 0. */
export function bigAt(value: Json | undefined, ...keys: readonly string[]): bigint | null {
  const found = at(value, ...keys);
  if (typeof found === 'bigint') return found >= 0n ? found : null;
  if (typeof found === 'number') return Number.isInteger(found) && found >= 0 ? BigInt(found) : null;
  return typeof found === 'string' && /^\d{1,30}$/.test(found) ? BigInt(found) : null;
}

/** The same for counts that fit a number. */
export function countAt(value: Json | undefined, ...keys: readonly string[]): number | null {
  const found = bigAt(value, ...keys);
  return found === null || found > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(found);
}

/** Whether an integer that a double cannot hold is anywhere inside. */
export function holdsBigInteger(value: Json | undefined): boolean {
  if (typeof value === 'bigint') return true;
  if (Array.isArray(value)) return value.some(holdsBigInteger);
  return isObject(value) && Object.values(value).some(holdsBigInteger);
}
