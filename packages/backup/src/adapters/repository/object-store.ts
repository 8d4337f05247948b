/** Keeps named bytes; names are paths with slashes, e.g. `7710/wal/000000010000000000000001`. */
export interface ObjectStore {
  /**
   * Writes an object whole or not at all: it appears under its name only once everything is on
   * stable storage. An object of that name is replaced.
   */
  write(name: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** @throws ObjectMissing */
  size(name: string): Promise<number>;
  /** `length` bytes from `offset`; fewer where the object ends. @throws ObjectMissing */
  read(name: string, offset: number, length: number): Promise<Buffer>;
  /** Names that begin with `prefix`, sorted. */
  list(prefix: string): Promise<string[]>;
  /** Nothing happens where there is none. */
  remove(name: string): Promise<void>;
}

export class ObjectMissing extends Error {
  readonly objectName: string;

  constructor(objectName: string) {
    super(`${objectName} is not in the repository`);
    this.name = 'ObjectMissing';
    this.objectName = objectName;
  }
}
