/** A comment the parser cannot take costs nobody anything but its own commands. */
import { afterEach, expect, test, vi } from 'vitest';

const parser = 'mdast-util-from-markdown';
const readerOf = async (): Promise<(body: string) => readonly unknown[]> => {
  vi.resetModules();
  return (await import('../../../src/core/slash/read-comment.ts')).readComment;
};

afterEach(() => {
  vi.doUnmock(parser);
  vi.resetModules();
});

test('a comment that breaks the Markdown parser holds no command, and its delivery goes on', async () => {
  expect((await readerOf())('/approve')).toHaveLength(1);
  vi.doMock(parser, () => ({
    fromMarkdown: () => {
      throw new RangeError('Maximum call stack size exceeded');
    },
  }));
  expect((await readerOf())('/approve')).toEqual([]);
});
