import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The version of this Cutroom. */
export const versionOfPackage = (): string =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')).version
