// Which stacks can go now: those that no standing stack needs. Pure.

/** A stack's lab is needed by the labs for which `needs` names it, directly or not. */
export const deletableNow = <Stack extends { readonly lab: string }>(
  standing: readonly Stack[],
  needs: (lab: string) => readonly string[],
): Stack[] => standing.filter(({ lab }) => !standing.some((other) => needs(other.lab).includes(lab)));
