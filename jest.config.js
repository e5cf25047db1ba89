export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': '<rootDir>/tests/kit/esbuild-jest.cjs' },
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testTimeout: 20000,
  maxWorkers: 2,
};
