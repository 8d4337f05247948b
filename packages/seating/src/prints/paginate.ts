export interface Block {
  /** Points. */
  height: number;
  /** A heading is of no use as the last thing of a column. */
  staysWithNext?: boolean;
}

/** How much a heading needs below it to be of use: itself and what follows. */
function heightNeeded<B extends Block>(blocks: readonly B[], index: number): number {
  let height = 0;
  for (let at = index; at < blocks.length; at++) {
    height += blocks[at]?.height ?? 0;
    if (!blocks[at]?.staysWithNext) break;
  }
  return height;
}

/**
 * Fills columns (or pages) of a height with blocks, in order. A block that is higher than a column
 * has one of its own, so a caller splits what may grow that high.
 */
export function fillColumns<B extends Block>(blocks: readonly B[], height: number): B[][] {
  const columns: B[][] = [];
  let left = 0;
  blocks.forEach((block, index) => {
    const needed = Math.min(heightNeeded(blocks, index), height);
    if (columns.length === 0 || needed > left + 1e-6) {
      columns.push([]);
      left = height;
    }
    columns.at(-1)?.push(block);
    left -= block.height;
  });
  return columns;
}
