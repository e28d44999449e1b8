// Port → whether a server can be started there.

import { connect, createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Why nothing can listen at this port, or null. */
export async function whyNotFree(port: number): Promise<string | null> {
  // A server on every address leaves the loopback address to be bound on some systems: so it is knocked at first.
  if (await isAnswered(port)) return 'another program listens there';
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(reason(error)));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK });
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(1_000, () => end(true));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return 'another program has it';
  return code === 'EACCES' ? 'the system does not let you (ports below 1024 are for administrators)' : message;
}
