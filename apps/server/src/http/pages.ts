import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { App } from './operation.ts'

/** What one-time links open, and what the page needs. */
const PAGES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/setup': { file: 'enter.html', type: 'text/html; charset=utf-8' },
  '/invitation': { file: 'enter.html', type: 'text/html; charset=utf-8' },
  '/reset': { file: 'enter.html', type: 'text/html; charset=utf-8' },
  '/enter.css': { file: 'enter.css', type: 'text/css; charset=utf-8' },
  '/enter.js': { file: 'enter.js', type: 'text/javascript; charset=utf-8' },
}

/** Serves the page on which people take up a one-time link. */
export function addPages(app: App): void {
  for (const [url, { file, type }] of Object.entries(PAGES)) {
    const text = readFileSync(path.join(import.meta.dirname, 'pages', file))
    app.get(url, { schema: { hide: true } }, (_request, reply) =>
      reply.type(type).header('cache-control', 'no-store').send(text),
    )
  }
}
