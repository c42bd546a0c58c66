import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const COMPRESSIBLE = /\.(js|css|html|svg|wasm)$/

/** Writes `.br` and `.gz` beside what compresses well: the server sends them as they are. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name))
    await Promise.all(
      names.map(async (name) => {
        const file = join(dir, name)
        const bytes = await readFile(file)
        const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes)])
        await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
      }),
    )
  },
}

export default defineConfig({
  plugins: [react(), tailwindcss(), compressed],
  // The policy of the server's pages allows nothing inline.
  build: { assetsInlineLimit: 0, target: 'es2023', reportCompressedSize: false },
  worker: { format: 'es' },
  // With `npm run dev -w @cutroom/web`, beside a server that runs at its usual place.
  server: { proxy: { '/api': 'http://127.0.0.1:8484' } },
})
