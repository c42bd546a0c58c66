export * from './features/features.ts'
export * from './run/run.ts'
export * from './run/tools.ts'
