<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Gateway::GuiApplication</name>
    <message>
        <source>Gemini Balance goes on serving in the tray.</source>
        <translation>Gemini Balance 仍在托盘中继续提供服务。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Keys and access</source>
        <translation>密钥与访问</translation>
    </message>
    <message>
        <source>Google</source>
        <translation>Google</translation>
    </message>
    <message>
        <source>Failover</source>
        <translation>故障转移</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Records and log</source>
        <translation>记录与日志</translation>
    </message>
    <message>
        <source>Address to listen on; 0.0.0.0 or :: lets other computers in.</source>
        <translation>监听地址；0.0.0.0 或 :: 允许其他计算机访问。</translation>
    </message>
    <message>
        <source>Port to listen on; 0 takes any free one.</source>
        <translation>监听端口；0 表示任意空闲端口。</translation>
    </message>
    <message>
        <source>Further names that the Host header may carry while the gateway listens on loopback; * allows any.</source>
        <translation>网关只监听本机时，Host 标头另外允许的名称；* 表示允许任意名称。</translation>
    </message>
    <message>
        <source>Web origins whose pages may call the API paths; * is any.</source>
        <translation>允许其网页调用 API 路径的来源；* 表示任意来源。</translation>
    </message>
    <message>
        <source>Folder of the database; empty is gemini-balance in the user&apos;s data folder (on Linux ~/.local/share).</source>
        <translation>数据库所在文件夹；留空则为用户数据文件夹中的 gemini-balance（Linux 上为 ~/.local/share）。</translation>
    </message>
    <message>
        <source>The database, sqlite:PATH; empty is gemini-balance.db in DATA_DIR.</source>
        <translation>数据库，格式为 sqlite:PATH；留空则为 DATA_DIR 中的 gemini-balance.db。</translation>
    </message>
    <message>
        <source>Seals the secrets in the database: 32 bytes as base64 or hex, not read from the store itself; empty is GATEWAY_MASTER_KEY_FILE.</source>
        <translation>用于加密数据库中的机密：32 字节，base64 或十六进制；不从数据库本身读取；留空则使用 GATEWAY_MASTER_KEY_FILE。</translation>
    </message>
    <message>
        <source>A file with that key; empty is the desktop's keychain, else master.key beside the database, made at the first start.</source>
        <translation>存放该密钥的文件；留空则使用桌面钥匙串，没有时使用数据库旁的 master.key（首次启动时创建）。</translation>
    </message>
    <message>
        <source>Gemini API keys, added at start to those that are stored.</source>
        <translation>Gemini API 密钥，启动时并入已存储的密钥。</translation>
    </message>
    <message>
        <source>Token of the administrator, good for the API too; made, stored and shown once when there is none.</source>
        <translation>管理员令牌，也可用于 API；没有时自动生成、存储并显示一次。</translation>
    </message>
    <message>
        <source>Further tokens that clients may use for the API.</source>
        <translation>客户端可用于 API 的其他令牌。</translation>
    </message>
    <message>
        <source>Where the Gemini API is reached.</source>
        <translation>Gemini API 的地址。</translation>
    </message>
    <message>
        <source>Proxy for calls to Google, http, https, socks5 or socks5h, with user:password@ if need be.</source>
        <translation>访问 Google 所用的代理：http、https、socks5 或 socks5h，必要时带 user:password@。</translation>
    </message>
    <message>
        <source>Unclear failures in a row until a key is sidelined.</source>
        <translation>密钥连续出现多少次原因不明的失败后被停用。</translation>
    </message>
    <message>
        <source>Further attempts after the first, each with another key.</source>
        <translation>首次尝试之后的重试次数，每次使用另一个密钥。</translation>
    </message>
    <message>
        <source>How long a key rests for a model after a 429 that does not say how long.</source>
        <translation>收到未注明时长的 429 后，密钥对该模型休息多久。</translation>
    </message>
    <message>
        <source>A day&apos;s quota that is used up rests the key for the model until midnight Pacific time, or only as long as the answer says.</source>
        <translation>每日配额用尽后，密钥对该模型休息到太平洋时间午夜，或只休息应答所说的时长。</translation>
    </message>
    <message>
        <source>How often sidelined keys are tried again; 0 is never.</source>
        <translation>多久重试一次被停用的密钥；0 表示从不。</translation>
    </message>
    <message>
        <source>Model that a check of a key asks.</source>
        <translation>检查密钥时所用的模型。</translation>
    </message>
    <message>
        <source>Longest wait for a connection to Google.</source>
        <translation>等待连接 Google 的最长时间。</translation>
    </message>
    <message>
        <source>Longest wait for an answer&apos;s first byte; models may think for minutes.</source>
        <translation>等待应答首字节的最长时间；模型可能思考数分钟。</translation>
    </message>
    <message>
        <source>Longest silence inside an answer.</source>
        <translation>应答过程中允许的最长静默时间。</translation>
    </message>
    <message>
        <source>Largest body of a request; a larger one gets 413.</source>
        <translation>请求正文的最大大小；超过则返回 413。</translation>
    </message>
    <message>
        <source>Connections of clients at one time; a further one gets 503.</source>
        <translation>同时存在的客户端连接数；再多则返回 503。</translation>
    </message>
    <message>
        <source>Time a client has to send a request&apos;s head.</source>
        <translation>客户端发送请求头的时限。</translation>
    </message>
    <message>
        <source>Longest silence while a client sends a request&apos;s body.</source>
        <translation>客户端发送请求正文时允许的最长静默时间。</translation>
    </message>
    <message>
        <source>How long an idle connection of a client is kept.</source>
        <translation>客户端空闲连接的保留时间。</translation>
    </message>
    <message>
        <source>A stream in which nothing flows gets an SSE comment this often; 0 is never.</source>
        <translation>流中没有数据时，每隔多久发送一条 SSE 注释；0 表示从不。</translation>
    </message>
    <message>
        <source>How long running answers may go on once the gateway is told to stop.</source>
        <translation>网关收到停止指令后，进行中的应答最多还能持续多久。</translation>
    </message>
    <message>
        <source>Threads that answer; 0 is one on the desktop and one for each core with --server.</source>
        <translation>应答线程数；0 表示桌面模式下一个，--server 模式下每个核心一个。</translation>
    </message>
    <message>
        <source>What the program writes to its log.</source>
        <translation>程序写入日志的内容。</translation>
    </message>
    <message>
        <source>Whether a request&apos;s record keeps what was asked and answered: never, for failed requests, or always.</source>
        <translation>请求记录是否保留问答内容：从不、仅失败的请求，或始终。</translation>
    </message>
    <message>
        <source>A body in a record is cut at this size.</source>
        <translation>记录中的正文超过此大小即被截断。</translation>
    </message>
    <message>
        <source>Records of requests are kept this long; 0 is without end.</source>
        <translation>请求记录的保留时间；0 表示永久。</translation>
    </message>
    <message>
        <source>So many records of requests are kept, the newest ones; 0 is without end.</source>
        <translation>保留最新的多少条请求记录；0 表示不限。</translation>
    </message>
    <message>
        <source>Whether images that a request names by URL are fetched; private networks are never asked.</source>
        <translation>是否获取请求中以 URL 给出的图片；从不访问专用网络。</translation>
    </message>
    <message>
        <source>Largest image that is fetched.</source>
        <translation>可获取图片的最大大小。</translation>
    </message>
    <message>
        <source>While every key rests for no longer than this, a request waits for the first that returns; 0 never waits.</source>
        <translation>所有密钥都在休息且不超过这个时间时，请求会等待最先恢复的密钥；0 表示从不等待。</translation>
    </message>
    <message>
        <source>So many requests may wait for a key at one time; a further one gets 429.</source>
        <translation>同时等待密钥的请求数上限；超出的请求得到 429。</translation>
    </message>
    <message>
        <source>Models that stand in, in this order, for one that is overloaded, not offered, or used up for longer than WAIT_LIMIT: MODEL &gt; MODEL, MODEL; the first may be a pattern with *.</source>
        <translation>模型过载、不可用，或配额用尽超过 WAIT_LIMIT 时，按此顺序代替它的模型：模型 &gt; 模型, 模型；前者可以是带 * 的模式。</translation>
    </message>
    <message>
        <source>How often an answer with nothing in it is asked for again with another key.</source>
        <translation>回答为空时，用其他密钥重新请求的次数。</translation>
    </message>
    <message>
        <source>Whether a second key is asked when an answer is later than 95 of 100 of its model; the first answer counts, both use up quota.</source>
        <translation>回答比该模型 95% 的回答都慢时，是否同时询问第二个密钥；先到的回答有效，两者都消耗配额。</translation>
    </message>
    <message>
        <source>Whether a conversation stays on its key, so that Google&apos;s cache of its beginning helps.</source>
        <translation>对话是否固定使用同一个密钥，以便利用 Google 对其开头的缓存。</translation>
    </message>
    <message>
        <source>Proxies over which the keys are spread, each key staying on its own; one that fails is rested. Without any, PROXY_URL is for all.</source>
        <translation>密钥分布在这些代理上，每个密钥固定使用其中一个；出故障的代理会休息。未设置时，所有密钥使用 PROXY_URL。</translation>
    </message>
    <message>
        <source>How a check asks about a key: with a call that uses up no quota, or by generating one token.</source>
        <translation>检查密钥的方式：使用不消耗配额的调用，或生成一个词元。</translation>
    </message>
    <message>
        <source>Keys that are checked at one time.</source>
        <translation>同时检查的密钥数。</translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message>
        <source>No key yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>Set GEMINI_API_KEYS and start the program again; until then clients get 503.</source>
        <translation>请设置 GEMINI_API_KEYS 并重新启动程序；在此之前客户端会收到 503。</translation>
    </message>
    <message>
        <source>No usable key</source>
        <translation>没有可用的密钥</translation>
    </message>
    <message>
        <source>Clients get 503 until a key works again. Sidelined keys are tried again by themselves.</source>
        <translation>在有密钥恢复之前，客户端会收到 503。被停用的密钥会自动重试。</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>服务中</translation>
    </message>
    <message>
        <source>Answers OpenAI and Gemini clients.</source>
        <translation>为 OpenAI 和 Gemini 客户端提供应答。</translation>
    </message>
    <message>
        <source>Not serving</source>
        <translation>未提供服务</translation>
    </message>
    <message>
        <source>Clients get 503 until you resume.</source>
        <translation>恢复之前，客户端会收到 503。</translation>
    </message>
    <message>
        <source>Clients get 503 until %1.</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>%1 之前，客户端会收到 503。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Running answers may end.</source>
        <translation>等待进行中的应答结束。</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>The keys are read.</source>
        <translation>正在读取密钥。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n keys usable</source>
        <extracomment>%1 is how many of the keys can be used, %n how many keys there are</extracomment>
        <translation>
            <numerusform>%n 个密钥中有 %1 个可用</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::ClientsCard</name>
    <message>
        <source>Connect a client</source>
        <translation>连接客户端</translation>
    </message>
    <message>
        <source>OpenAI clients, base URL</source>
        <translation>OpenAI 客户端，基础 URL</translation>
    </message>
    <message>
        <source>Copy the base URL for OpenAI clients</source>
        <translation>复制 OpenAI 客户端的基础 URL</translation>
    </message>
    <message>
        <source>Gemini clients, base URL</source>
        <translation>Gemini 客户端，基础 URL</translation>
    </message>
    <message>
        <source>Copy the base URL for Gemini clients</source>
        <translation>复制 Gemini 客户端的基础 URL</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Copy the access token</source>
        <translation>复制访问令牌</translation>
    </message>
    <message>
        <source>The token was made at this start and is stored; it is shown this once.</source>
        <translation>此令牌在本次启动时生成并已存储；仅显示这一次。</translation>
    </message>
</context>
<context>
    <name>Ui::CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Ui::GatewayCard</name>
    <message>
        <source>Copy the gateway&apos;s address</source>
        <translation>复制网关地址</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>Ui::KeysCard</name>
    <message>
        <source>usable keys</source>
        <translation>可用密钥</translation>
    </message>
    <message>
        <source>sidelined keys</source>
        <translation>被停用的密钥</translation>
    </message>
    <message>
        <source>disabled keys</source>
        <translation>已禁用的密钥</translation>
    </message>
    <message numerus="yes">
        <source>%n usable key(s)</source>
        <translation>
            <numerusform>%n 个可用密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidelined key(s)</source>
        <translation>
            <numerusform>%n 个被停用的密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n disabled key(s)</source>
        <translation>
            <numerusform>%n 个已禁用的密钥</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::MainWindow</name>
    <message>
        <source>Gemini Balance</source>
        <translation>Gemini Balance</translation>
    </message>
    <message>
        <source>&amp;Gateway</source>
        <translation>网关(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Copy address</source>
        <translation>复制地址(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Quit Gemini Balance?</source>
        <translation>退出 Gemini Balance？</translation>
    </message>
    <message>
        <source>Clients get no answer once it has quit. Minimised, it goes on serving.</source>
        <translation>退出后客户端将得不到应答。最小化则继续提供服务。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>最小化</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;system is</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
</context>
<context>
    <name>Ui::StatusLine</name>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
</context>
<context>
    <name>Ui::Tray</name>
    <message>
        <source>Open Gemini Balance</source>
        <translation>打开 Gemini Balance</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Gemini Balance</source>
        <translation>Gemini Balance</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 is the state (&quot;Serving&quot;), %2 &quot;36 of 42 keys usable&quot;</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Gemini Balance: %1</source>
        <translation>Gemini Balance：%1</translation>
    </message>
</context>
</TS>
