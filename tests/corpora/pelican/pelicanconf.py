SITEURL = "https://reef.example"
