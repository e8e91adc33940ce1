import { type CallOptions, type Client, type Operation } from './model.js';
/** What the document says of pages. Places are JSON pointers into the body, or `$response.header.NAME`. */
export interface PageFacts {
    readonly style: 'offset' | 'page' | 'cursor' | 'last' | 'link' | 'next';
    /** Where the items are; absent: the body is the list. */
    readonly items?: string;
    /** The argument that takes offset, page or cursor; `$request.body#POINTER` for a member of the body. */
    readonly argument?: string;
    /** Whether that argument is a bigint. */
    readonly big?: boolean;
    /** Where the next cursor or URL is. */
    readonly next?: string;
    /** Where it says whether there are more pages. */
    readonly more?: string;
    /** Where the number of all items is. */
    readonly total?: string;
    /** The number of the first page, or the first offset. */
    readonly first?: number;
    /** The argument that takes the number of items of a page. */
    readonly size?: string;
    /** The argument that asks for what stands before a cursor: with it, pages follow each other backwards. */
    readonly back?: string;
    /** With `back`: where the cursor of the page before is; absent: at `next` in the first item. */
    readonly previous?: string;
}
declare const item: unique symbol;
/** An operation whose answers follow each other: `pagesOf` and `itemsOf` go through them. */
export interface Paged<in A, out R, in out F, out I> extends Operation<A, R, F> {
    readonly pages: PageFacts;
    /** The arguments under the names of today, where some had others. */
    readonly today?: (args: unknown) => unknown;
    /** Never there: it says to the compiler what an item is. */
    readonly [item]?: I;
}
/** An operation with pages. */
export declare function paged<A, R, F, I>(operation: Operation<A, R, F>, pages: PageFacts): Paged<A, R, F, I>;
/** One page after the other, each when it is asked for. */
export declare function pagesOf<A, R, F, I>(operation: Paged<A, R, F, I>, client: Client, called: A, options?: CallOptions): AsyncGenerator<R, void>;
/** The items of all pages. */
export declare function itemsOf<A, R, F, I>(operation: Paged<A, R, F, I>, client: Client, args: A, options?: CallOptions): AsyncGenerator<I, void>;
export {};
