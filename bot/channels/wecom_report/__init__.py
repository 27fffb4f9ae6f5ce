"""政民沟通 as a channel: what was filed with WeCom's robot in WeChat groups is fetched and followed, never answered."""
