import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from './api/problem.ts'
import { readAhead } from './app/part.ts'
import { router } from './app/router.tsx'
import { studioQueries } from './app/session.ts'
import { Toasts } from './ui/toasts.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root.')
// What the API refused is told on the page.
const onCaughtError = (error: unknown) => {
  if (!(error instanceof ApiError)) console.error(error)
}
createRoot(root, { onCaughtError }).render(
  <StrictMode>
    <QueryClientProvider client={studioQueries}>
      <Tooltip.Provider delayDuration={400}>
        <RouterProvider router={router} />
        <Toasts />
      </Tooltip.Provider>
    </QueryClientProvider>
  </StrictMode>,
)

const firstView = router.subscribe('onRendered', () => {
  firstView()
  readAhead(router)
})
