import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ifMissing } from '@cutroom/contracts'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import type { Service } from '../../apps/server/src/domain/service.ts'
import { buildServer } from '../../apps/server/src/http/server.ts'
import { createLog } from '../../apps/server/src/log.ts'

const FILE = join(import.meta.dirname, '../../apps/web/src/api/schema.d.ts')
const PREFIX = '/api/v1'
const HEADER = `// Generated from the OpenAPI document of the server by \`npm run api-client\`; not edited by hand.\n\n`

/** Writes the types that the studio in the browser is compiled against, where they have changed. */
export async function writeApiTypes(): Promise<void> {
  const types = await apiTypes()
  const before = await readFile(FILE, 'utf8').catch(ifMissing(''))
  if (types !== before) await writeFile(FILE, types)
}

/** TypeScript that types every operation below `/api/v1`, its paths without that prefix. */
async function apiTypes(): Promise<string> {
  const document = await describeApi()
  const paths = Object.entries(document.paths ?? {})
    .filter(([path]) => path.startsWith(PREFIX))
    .map(([path, item]) => [path.slice(PREFIX.length), item])
  const nodes = await openapiTS({ ...document, paths: Object.fromEntries(paths) }, { alphabetize: true })
  return HEADER + astToString(nodes)
}

/** The document as a server gives it. Operations are declared, and none is called: no service stands behind them. */
async function describeApi(): Promise<OpenAPI3> {
  const service = { log: createLog({ level: 'silent' }), studio: { dataDir: '' } } as unknown as Service
  const app = await buildServer(service, { authentication: true, version: '0' })
  try {
    await app.ready()
    return app.swagger() as OpenAPI3
  } finally {
    await app.close()
  }
}
