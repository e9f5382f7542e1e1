/** The order in which dialects and fault families are asked. */

const COMMON = 50;

/** For `sort`: what has the lower precedence comes first, equals stay as they are; 50 where absent. */
export const byPrecedence = (
  { precedence: one = COMMON }: { readonly precedence?: number },
  { precedence: other = COMMON }: { readonly precedence?: number },
): number => one - other;
