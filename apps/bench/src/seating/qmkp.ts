import type { Measure } from '../report.ts';
export async function measureQmkp(_folder: string): Promise<Measure[]> {
  return [];
}
