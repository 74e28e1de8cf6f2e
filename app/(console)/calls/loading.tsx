export { PageLoading as default } from '#src/components/ui/page-loading.tsx';
