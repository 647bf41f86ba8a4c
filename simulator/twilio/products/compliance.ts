import { twilioFault } from '../errors.ts';
import type { Route } from './call.ts';
import { type Collection, collectionRoutes } from './collection.ts';
import { numberSid, ownedBy } from './numbers.ts';
import { isReviewed } from './services.ts';

/** A 10DLC brand, approved once its review is over. */
const brands: Collection = {
  path: '/v1/a2p/BrandRegistrations',
  key: 'data',
  prefix: 'BN',
  verbs: ['create', 'list', 'fetch', 'update'],
  required: ['CustomerProfileBundleSid', 'A2PProfileBundleSid'],
  usual: {
    customer_profile_bundle_sid: '',
    a2p_profile_bundle_sid: '',
    brand_type: 'STANDARD',
    failure_reason: null,
    errors: [],
    brand_feedback: [],
    identity_status: 'SELF_DECLARED',
    russell_3000: false,
    government_entity: false,
    tax_exempt_status: null,
    skip_automatic_sec_vet: false,
    mock: false,
    tcr_id: null,
    brand_score: null,
    status: 'PENDING',
  },
  links: { brand_vettings: 'Vettings' },
  // What review decides is not the customer's to post.
  complete: (_call, { status: _status, tcr_id: _id, brand_score: _score, errors: _errors, ...fields }) =>
    fields,
  show: ({ network }, { sid, created }) =>
    isReviewed(network, created)
      ? {
          status: 'APPROVED',
          identity_status: 'VERIFIED',
          tcr_id: `B${sid.slice(-6).toUpperCase()}`,
          brand_score: 75,
        }
      : {},
};

const required = [
  'BusinessName',
  'BusinessWebsite',
  'NotificationEmail',
  'UseCaseCategories',
  'UseCaseSummary',
  'ProductionMessageSample',
  'OptInImageUrls',
  'OptInType',
  'MessageVolume',
  'TollfreePhoneNumberSid',
];

/** The verification of a toll-free number, approved once its review is over. */
const verifications: Collection = {
  path: '/v1/Tollfree/Verifications',
  key: 'verifications',
  prefix: 'HH',
  required,
  usual: {
    customer_profile_sid: null,
    trust_product_sid: null,
    regulated_item_sid: null,
    business_name: '',
    business_street_address: null,
    business_street_address2: null,
    business_city: null,
    business_state_province_region: null,
    business_postal_code: null,
    business_country: null,
    business_website: '',
    business_contact_first_name: null,
    business_contact_last_name: null,
    business_contact_email: null,
    business_contact_phone: null,
    business_registration_number: null,
    business_registration_authority: null,
    business_registration_country: null,
    business_registration_phone_number: null,
    business_type: null,
    doing_business_as: null,
    notification_email: '',
    use_case_categories: [],
    use_case_summary: '',
    production_message_sample: '',
    opt_in_image_urls: [],
    opt_in_type: '',
    opt_in_confirmation_message: null,
    opt_in_keywords: [],
    help_message_sample: null,
    privacy_policy_url: null,
    terms_and_conditions_url: null,
    age_gated_content: false,
    message_volume: '',
    additional_information: null,
    tollfree_phone_number_sid: '',
    tollfree_phone_number: '',
    external_reference_id: null,
    rejection_reason: null,
    rejection_reasons: [],
    error_code: null,
    edit_allowed: null,
    edit_expiration: null,
  },
  complete(call, fields, before) {
    if (before) return fields;
    const owned = ownedBy(call, false).find((one) => numberSid(one) === fields.tollfree_phone_number_sid);
    if (!owned) throw twilioFault(20404, `TollfreePhoneNumberSid ${fields.tollfree_phone_number_sid}`);
    return { ...fields, tollfree_phone_number: owned.number };
  },
  show: ({ network }, { created }) => ({
    status: isReviewed(network, created) ? 'TWILIO_APPROVED' : 'PENDING_REVIEW',
  }),
};

/** What US carriers want registered: brands and toll-free numbers. (Campaigns stand in their service.) */
export const complianceRoutes: Route[] = [brands, verifications].flatMap(collectionRoutes);
