/** A person as other records name them. */
export class PersonRef {
  id: string;
  displayName: string;
  email: string;
}

/** An organisation as other records name it. */
export class OrganisationRef {
  id: string;
  code: string;
  name: string;
  nameEn: string | null;
}
