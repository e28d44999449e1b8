// The credentials of everything local: made up, so that no request can be signed with a learner's own.

/** Given to every client of a local target. AWS itself would refuse them. */
export const localCredentials = { accessKeyId: 'worklab', secretAccessKey: 'worklab' } as const;
