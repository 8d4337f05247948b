export { Brand } from '@wedsync/ui/brand';
