import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowserStudio } from './studio.ts'

const t = await openBrowserStudio()

test('the address of a section of a brand does not open it, or the way back does not lead back', async () => {
  const page = await t.open(t.of(t.a, 'sources'))
  await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor()
  await page.getByRole('link', { name: 'Projects' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor()
  assert.equal(new URL(page.url()).pathname, t.of(t.a, 'sources'))
})

test('who is not signed in sees more than the door, or does not come back to where they wanted to go', async () => {
  const page = await t.open(t.of(t.a, 'jobs'), { signedIn: false })
  await page.waitForURL(/\/sign-in\?next=/)
  assert.equal(new URL(page.url()).searchParams.get('next'), t.of(t.a, 'jobs'))
})
