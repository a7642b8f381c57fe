/** Entry of the worker that answers questions. */
import { Director } from './director.js';
import type { DirectorStart, Reply, Request } from './messages.js';

const worker = globalThis as unknown as {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage: (message: Reply) => void;
};

worker.onmessage = ({ data: { kernel, helpers } }: MessageEvent<DirectorStart>) => {
  const director = new Director(kernel, helpers, (reply) => worker.postMessage(reply));
  worker.onmessage = ({ data }: MessageEvent<Request>) => director.receive(data);
};
