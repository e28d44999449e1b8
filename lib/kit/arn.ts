// ARN → the name or id that it ends with.

/** "arn:…:db:orders" → "orders", "arn:…:volume/vol-1" → "vol-1"; what is no ARN is its own name. */
export const lastOf = (arn: string): string => arn.split(/[:/]/).at(-1) ?? arn;
