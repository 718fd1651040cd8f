/** Telling JSON values apart without casts. */
import type { Json } from './definition.ts';

/** A map of JSON values. */
export type JsonMap = { readonly [key: string]: Json };

/** True for a list. */
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** True for a map: an object that is no list. */
export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
