import type { DemoStep } from './step.ts';

/** Server (both surfaces) and worker say that they are ready. */
export const everyPartIsReady: DemoStep = {
  name: 'start',
  async run({ webUrl, adminUrl, stack, signal }) {
    const workerUrl = `http://127.0.0.1:${stack.parts.ports.worker}`;
    const answers = await Promise.all(
      [webUrl, adminUrl, workerUrl].map((url) => fetch(`${url}/readyz`, { signal })),
    );
    const ready = answers.filter((answer) => answer.ok).length;
    return [{ what: 'parts that are ready', expected: answers.length, actual: ready }];
  },
};
