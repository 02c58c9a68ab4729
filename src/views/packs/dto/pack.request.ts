import { IsCivilDate, MayBeAbsent } from '../../../platform/http/validators';

export class PackQuery {
  /** First day of what happened, in the zone of who asks; states are always those of now. */
  @MayBeAbsent()
  @IsCivilDate()
  from?: string;

  /** Last day, in the zone of who asks. */
  @MayBeAbsent()
  @IsCivilDate()
  to?: string;
}
