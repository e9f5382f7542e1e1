/**
 * The page's script and style as text. They are not written here: build/html-page.mjs makes them of page/ when it is built.
 */

/** The whole script, ASCII, without `</script`. */
export const SCRIPT: string;
/** The whole style sheet, ASCII, without `</style`. */
export const STYLE: string;
/** What a Content-Security-Policy names them by: `sha256-…`. */
export const SCRIPT_HASH: string;
export const STYLE_HASH: string;
