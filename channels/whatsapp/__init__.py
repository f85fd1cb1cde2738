"""WhatsApp through Meta's Cloud API: `channel` speaks HTTP, `inbound` and `content` read, `outbound` writes, `failures` judges.

https://developers.facebook.com/docs/whatsapp/cloud-api
"""

from channels.whatsapp.channel import Config, WhatsApp

__all__ = ["Config", "WhatsApp"]
