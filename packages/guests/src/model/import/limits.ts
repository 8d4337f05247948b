/**
 * Bounds of a guest list file. A wedding has at most a few thousand guests, so each bound is far
 * above honest use and low enough that the worst allowed file is read within a second and 200 MB.
 */
export const importLimits = {
  /** The largest real list seen (2,000 rows with notes, XLSX) is under 1 MB. */
  fileBytesMax: 10 * 1024 * 1024,
  /** Twice the largest weddings; above it the preview is no longer something a person can check. */
  rowsMax: 5_000,
  /** Address-book exports reach about 90 columns. */
  columnsMax: 200,
  /** A note fits; a pasted document does not. */
  cellCharsMax: 4_000,
  /** XLSX is XML and deflates about 10:1; beyond this an archive is a bomb, not a guest list. */
  unzippedBytesMax: 64 * 1024 * 1024,
  /** Deflate cannot honestly exceed ~1000:1; spreadsheets stay below 30:1, sparse ones below 100:1. */
  zipRatioMax: 200,
  /** Workbooks have a few dozen parts; thousands of entries only slow the reader down. */
  zipEntriesMax: 2_000,
  /** How far down a header is looked for, beneath titles and blank rows. */
  headerSearchRows: 30,
  /** One cell saying "+500" is a slip, not a household. */
  plusOnesPerRowMax: 20,
} as const;
