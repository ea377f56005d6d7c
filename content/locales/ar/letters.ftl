### machine-translated
# Letters. They say only that there is something, never what (E13).

letter-subject = لديك رسالة جديدة في باليرمو
letter-invitation-body =
    دُعيت إلى فتح حساب.
    افتح هذا الرابط خلال ٧ أيام واختر عبارة مرور:
    { $link }
    إن لم تتوقع هذه الرسالة فلا تفعل شيئًا.
letter-recovery-body =
    سمح لك اثنان من زملائك باختيار عبارة مرور جديدة.
    افتح هذا الرابط خلال ٣ أيام:
    { $link }
    إن لم تطلب ذلك فأخبر مديرك فورًا.
