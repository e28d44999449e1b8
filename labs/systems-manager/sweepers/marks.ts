// What of Systems Manager carries the run's tag, by the id that its own lists show.

/** Of these ARNs, "arn:…:<type>/<id>", is one the thing's? */
export const isTagged = (arns: ReadonlySet<string>, id: string): boolean =>
  [...arns].some((arn) => arn.endsWith(`/${id}`));
