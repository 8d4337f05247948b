/**
 * How long a removal or an import can be taken back. After that its data serve nobody and are
 * erased (GDPR article 5 (1) e, storage limitation).
 */
export const undoKeptDays = 30;
