import { existsSync } from 'node:fs'
import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './operation.ts'

/** What `npm run build` of `apps/web` writes. */
const BUILT = path.join(import.meta.dirname, '../../../web/dist')
/** Addresses that are no pages of the studio, whatever stands behind them. */
const NO_PAGE = /^\/(api|assets|healthz|readyz|metrics)(\/|$)/
const ONE_YEAR_MS = 365 * 86_400_000

/** Serves the studio in the browser: its files, and its one page for each address that a person may open. */
export async function addStudio(app: App): Promise<void> {
  const isBuilt = existsSync(path.join(BUILT, 'index.html'))
  if (isBuilt)
    await app.register(fastifyStatic, {
      root: BUILT,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        const named = file.includes(`${path.sep}assets${path.sep}`)
        // The names of assets change with their content.
        reply.header('cache-control', named ? `public, max-age=${ONE_YEAR_MS / 1000}, immutable` : 'no-cache')
      },
    })
  else app.log.warn('The studio in the browser is not built: `npm start` builds it.')
  app.setNotFoundHandler((request, reply) => {
    if (isBuilt && wantsPage(request)) return sendPage(reply)
    throw new CutroomError('not-found', 'There is nothing at this address.')
  })
}

const sendPage = (reply: FastifyReply) => reply.header('cache-control', 'no-cache').sendFile('index.html')

/** Whether a browser asks for a page, by its address or by following a link. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const { accept = '' } = headers
  return /^(GET|HEAD)$/.test(method) && accept.includes('text/html') && !NO_PAGE.test(url.split('?')[0] ?? '')
}
