import type { Profile } from '../core/facts.js';
/** Text of an element. */
export declare function escapeText(text: string, profile: Profile): string;
/** The value of an attribute, in quotes. */
export declare function quoteAttribute(text: string): string;
