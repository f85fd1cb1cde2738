"""WhatsApp through Meta's Cloud API.

`channel` speaks HTTP; `inbound`, `people` and `content` read, `outbound` writes, `failures` judges refusals.

https://developers.facebook.com/docs/whatsapp/cloud-api
"""

from channels.whatsapp.channel import Config, WhatsApp

__all__ = ["Config", "WhatsApp"]
