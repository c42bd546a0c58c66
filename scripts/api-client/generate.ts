// Writes the types of the API that the studio in the browser is compiled against:  npm run api-client
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { apiTypes } from './api-types.ts'

const root = join(import.meta.dirname, '..', '..')
await writeFile(join(root, 'apps/web/src/api/schema.d.ts'), await apiTypes())
