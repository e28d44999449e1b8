// Labs → labs in the order of deployment: what others need comes first. Pure.

import type { Labs } from '../registry/discover';

/** The wanted labs and everything they need, each after what it needs. Throws on a circle, which is a bug in a lab. */
export function inOrder(wanted: Iterable<string>, labs: Labs): string[] {
  const order: string[] = [];
  const open = new Set<string>();
  const visit = (id: string): void => {
    if (order.includes(id)) return;
    if (open.has(id)) throw new Error(`labs need each other in a circle: ${[...open, id].join(' → ')}`);
    open.add(id);
    for (const need of labs.get(id)?.needs ?? []) visit(need);
    open.delete(id);
    order.push(id);
  };
  for (const id of wanted) visit(id);
  return order;
}

/** Every lab that `id` needs, directly or not. */
export const needsOf = (id: string, labs: Labs): string[] => inOrder([id], labs).filter((need) => need !== id);
