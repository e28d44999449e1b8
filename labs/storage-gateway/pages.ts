// Pages of the lists whose answers repeat the question.

/** In two lists Marker repeats what was asked for, and NextMarker leads on: taken for a successor it would lead nowhere. */
export async function* withoutEcho<Page extends object>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  for await (const page of pages) yield { ...page, Marker: undefined };
}
