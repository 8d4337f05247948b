/** The room's noun in the forms that code and SQL need. */
export interface RoomNames {
  /** `photo-groups` */
  room: string;
  /** `photo-group` */
  entity: string;
  /** `photoGroups` */
  roomCamel: string;
  /** `photoGroup` */
  entityCamel: string;
  /** `PhotoGroup` */
  entityPascal: string;
  /** `photo_groups` */
  table: string;
  /** `0006` */
  migration: string;
}
