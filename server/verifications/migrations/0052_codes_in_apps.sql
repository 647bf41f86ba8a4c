-- How WhatsApp hands a code to the company's Android apps (whatsapp/code-apps.ts); null where people copy it.
ALTER TABLE verification_profile ADD COLUMN whatsapp_apps jsonb;
