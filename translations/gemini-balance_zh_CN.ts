<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Autostart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ChatGroups</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is a month&apos;s name, %2 a year.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>A day and a short month: &quot;12 Oct&quot;. See Qt&apos;s QDate formats.</extracomment>
        <translation>M月d日</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>the server to speak to, in place of the one of the data folder</source>
        <translation>要操作的服务器，而不是数据文件夹对应的那个</translation>
    </message>
    <message>
        <source>the server&apos;s AUTH_TOKEN</source>
        <translation>服务器的 AUTH_TOKEN</translation>
    </message>
    <message>
        <source>of this access token</source>
        <translation>属于此访问令牌</translation>
    </message>
    <message>
        <source>label; with add: {n} counts the keys</source>
        <translation>标签；添加时 {n} 为密钥的序号</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>tags, with commas between</source>
        <translation>标记，用逗号分隔</translation>
    </message>
    <message>
        <source>Google project</source>
        <translation>Google 项目</translation>
    </message>
    <message>
        <source>higher ones first, -1000 to 1000</source>
        <translation>数值高者优先，-1000 到 1000</translation>
    </message>
    <message>
        <source>share of the requests, 1 to 10000</source>
        <translation>所占请求的份额，1 到 10000</translation>
    </message>
    <message>
        <source>allowed models, * stands for any letters; empty: all</source>
        <translation>允许的模型，* 代表任意字符；留空表示全部</translation>
    </message>
    <message>
        <source>models that are not allowed</source>
        <translation>不允许的模型</translation>
    </message>
    <message>
        <source>proxy of its own</source>
        <translation>专用代理</translation>
    </message>
    <message>
        <source>requests a minute; 0: no limit</source>
        <translation>每分钟请求数；0 表示不限</translation>
    </message>
    <message>
        <source>tokens a minute; 0: no limit</source>
        <translation>每分钟 token 数；0 表示不限</translation>
    </message>
    <message>
        <source>requests a day; 0: no limit</source>
        <translation>每天请求数；0 表示不限</translation>
    </message>
    <message>
        <source>tokens a day; 0: no limit</source>
        <translation>每天 token 数；0 表示不限</translation>
    </message>
    <message>
        <source>US dollars a month; 0: no limit</source>
        <translation>每月美元数；0 表示不限</translation>
    </message>
    <message>
        <source>unknown, free or paid</source>
        <translation>unknown、free 或 paid</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>所有密钥</translation>
    </message>
    <message>
        <source>those that are sidelined or had failures</source>
        <translation>被搁置或有过失败的密钥</translation>
    </message>
    <message>
        <source>usable, resting, sidelined or disabled; with requests: 429 or 500-599</source>
        <translation>usable、resting、sidelined 或 disabled；用于 requests 时为 429 或 500-599</translation>
    </message>
    <message>
        <source>those that have this in label, note, key, project or tags</source>
        <translation>标签、备注、密钥、项目或标记中含有此文字的</translation>
    </message>
    <message>
        <source>those with this tag</source>
        <translation>带有此标记的</translation>
    </message>
    <message>
        <source>of or for this model</source>
        <translation>此模型的</translation>
    </message>
    <message>
        <source>deleted ones that can be restored</source>
        <translation>可以恢复的已删除项</translation>
    </message>
    <message>
        <source>how long: 90s, 10m, 2h</source>
        <translation>多长时间：90s、10m、2h</translation>
    </message>
    <message>
        <source>only say what would be added</source>
        <translation>只说明会添加什么</translation>
    </message>
    <message>
        <source>csv or json</source>
        <translation>csv 或 json</translation>
    </message>
    <message>
        <source>keys in full</source>
        <translation>显示完整密钥</translation>
    </message>
    <message>
        <source>the passphrase in this file seals the export, or opens it</source>
        <translation>用此文件中的口令加密或打开导出内容</translation>
    </message>
    <message>
        <source>where to write it, in place of the terminal</source>
        <translation>写入的文件，而不是终端</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>yes 或 no</translation>
    </message>
    <message>
        <source>2027-01-31, a time with it, or never</source>
        <translation>2027-01-31，可带时间，或 never</translation>
    </message>
    <message>
        <source>allowed dialects; empty: all</source>
        <translation>允许的方言；留空表示全部</translation>
    </message>
    <message>
        <source>addresses or networks it may come from; empty: any</source>
        <translation>允许的来源地址或网段；留空表示任意</translation>
    </message>
    <message>
        <source>of this key</source>
        <translation>属于此密钥</translation>
    </message>
    <message>
        <source>of this dialect</source>
        <translation>使用此方言</translation>
    </message>
    <message>
        <source>not before: 2027-01-31, a time with it, or 2h for two hours ago</source>
        <translation>不早于：2027-01-31，可带时间，或 2h 表示两小时前</translation>
    </message>
    <message>
        <source>before that time</source>
        <translation>早于此时间</translation>
    </message>
    <message>
        <source>only those that failed</source>
        <translation>只列出失败的</translation>
    </message>
    <message>
        <source>that took so long at least</source>
        <translation>至少用时这么久</translation>
    </message>
    <message>
        <source>that have this in their error</source>
        <translation>错误信息中含有此文字</translation>
    </message>
    <message>
        <source>at most so many</source>
        <translation>最多这么多</translation>
    </message>
    <message>
        <source>where the page before ended</source>
        <translation>上一页结束的位置</translation>
    </message>
    <message>
        <source>US dollars for a million tokens in</source>
        <translation>每百万输入 token 的美元价格</translation>
    </message>
    <message>
        <source>likewise, tokens from a cache</source>
        <translation>同上，来自缓存的 token</translation>
    </message>
    <message>
        <source>likewise, tokens out</source>
        <translation>同上，输出 token</translation>
    </message>
    <message>
        <source>print JSON</source>
        <translation>输出 JSON</translation>
    </message>
    <message>
        <source>--%1 needs a whole number.</source>
        <translation>--%1 需要整数。</translation>
    </message>
    <message>
        <source>--%1 needs yes or no.</source>
        <translation>--%1 需要 yes 或 no。</translation>
    </message>
    <message>
        <source>--%1 needs a time, such as 2027-01-31 or 2h.</source>
        <translation>--%1 需要时间，例如 2027-01-31 或 2h。</translation>
    </message>
    <message>
        <source>--%1 needs a span of time, such as 10m.</source>
        <translation>--%1 需要时长，例如 10m。</translation>
    </message>
    <message>
        <source>--%1 needs an amount of US dollars.</source>
        <translation>--%1 需要美元金额。</translation>
    </message>
    <message>
        <source>“%1” is no id; the list shows them.</source>
        <translation>“%1”不是编号；列表中可以看到编号。</translation>
    </message>
    <message>
        <source>--url needs an address such as http://127.0.0.1:4364.</source>
        <translation>--url 需要地址，例如 http://127.0.0.1:4364。</translation>
    </message>
    <message>
        <source>The server&apos;s AUTH_TOKEN is needed: use --token, or the variable AUTH_TOKEN.</source>
        <translation>需要服务器的 AUTH_TOKEN：请使用 --token 或环境变量 AUTH_TOKEN。</translation>
    </message>
    <message>
        <source>A gateway runs here as process %1, so the store is left to it. Where its AUTH_TOKEN is not the stored one, use --token.</source>
        <translation>网关正在此处运行（进程 %1），因此不直接改动存储。如果它的 AUTH_TOKEN 与存储中的不同，请使用 --token。</translation>
    </message>
    <message>
        <source>--tier takes one of %1.</source>
        <translation>--tier 可取 %1。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>added / known / repeated / malformed: %1</source>
        <translation>新增 / 已有 / 重复 / 格式错误：%1</translation>
    </message>
    <message>
        <source>--format takes one of %1.</source>
        <translation>--format 可取 %1。</translation>
    </message>
    <message>
        <source>The passphrase is empty.</source>
        <translation>口令为空。</translation>
    </message>
    <message>
        <source>Which keys? Name their ids, or use --all.</source>
        <translation>哪些密钥？请给出编号，或使用 --all。</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>add keys</source>
        <translation>添加密钥</translation>
    </message>
    <message>
        <source>add the keys of a file of any shape; - is the terminal</source>
        <translation>添加任意格式文件中的密钥；- 表示终端</translation>
    </message>
    <message>
        <source>write keys to a file, masked unless told otherwise</source>
        <translation>将密钥写入文件，默认打码</translation>
    </message>
    <message>
        <source>change what is said of keys</source>
        <translation>修改密钥的资料</translation>
    </message>
    <message>
        <source>use keys again</source>
        <translation>重新使用密钥</translation>
    </message>
    <message>
        <source>use keys no more until they are enabled</source>
        <translation>停用密钥，直到再次启用</translation>
    </message>
    <message>
        <source>ask Google whether keys work</source>
        <translation>向 Google 检查密钥是否可用</translation>
    </message>
    <message>
        <source>usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>休息中</translation>
    </message>
    <message>
        <source>sidelined</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>--status takes one of %1.</source>
        <translation>--status 可取 %1。</translation>
    </message>
    <message>
        <source>Which keys? Name their ids, or use --all, --search, --tag, --project or --status.</source>
        <translation>哪些密钥？请给出编号，或使用 --all、--search、--tag、--project 或 --status。</translation>
    </message>
    <message>
        <source>No key fits.</source>
        <translation>没有符合的密钥。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Rests until</source>
        <translation>休息至</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Deleted. “keys restore” brings them back within a day.</source>
        <translation>已删除。一天之内可用“keys restore”恢复。</translation>
    </message>
    <message>
        <source>How long? Say so with --for 10m.</source>
        <translation>多长时间？请用 --for 10m 这样的形式说明。</translation>
    </message>
    <message>
        <source>They rest until %1.</source>
        <translation>它们休息至 %1。</translation>
    </message>
    <message>
        <source>They are used again.</source>
        <translation>它们重新投入使用。</translation>
    </message>
    <message>
        <source>Their failures are forgotten.</source>
        <translation>它们的失败记录已清除。</translation>
    </message>
    <message>
        <source>list keys and how they do</source>
        <translation>列出密钥及其状况</translation>
    </message>
    <message>
        <source>show keys with their models and quotas</source>
        <translation>显示密钥及其模型和配额</translation>
    </message>
    <message>
        <source>delete keys</source>
        <translation>删除密钥</translation>
    </message>
    <message>
        <source>bring deleted keys back</source>
        <translation>恢复已删除的密钥</translation>
    </message>
    <message>
        <source>let keys rest for a while</source>
        <translation>让密钥休息一段时间</translation>
    </message>
    <message>
        <source>end the rests of keys, put sidelined ones back</source>
        <translation>结束密钥的休息，恢复被搁置的密钥</translation>
    </message>
    <message>
        <source>forget failures in a row</source>
        <translation>清除连续失败计数</translation>
    </message>
    <message>
        <source>print a key in full; this is recorded</source>
        <translation>显示完整密钥；此操作会被记录</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
    <message>
        <source>It works, in %1.</source>
        <translation>可用，用时 %1。</translation>
    </message>
    <message>
        <source>It does not work: %1</source>
        <translation>不可用：%1</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Set by you</source>
        <translation>由您设置</translation>
    </message>
    <message>
        <source>A price needs --input and --price-output.</source>
        <translation>价格需要 --input 和 --price-output。</translation>
    </message>
    <message>
        <source>list proxies and how they do</source>
        <translation>列出代理及其状况</translation>
    </message>
    <message>
        <source>add a proxy</source>
        <translation>添加代理</translation>
    </message>
    <message>
        <source>change a proxy</source>
        <translation>修改代理</translation>
    </message>
    <message>
        <source>delete a proxy</source>
        <translation>删除代理</translation>
    </message>
    <message>
        <source>try a proxy</source>
        <translation>测试代理</translation>
    </message>
    <message>
        <source>list what models cost, in US dollars for a million tokens</source>
        <translation>列出模型价格（每百万 token 的美元数）</translation>
    </message>
    <message>
        <source>set what a model costs</source>
        <translation>设置模型价格</translation>
    </message>
    <message>
        <source>set the prices of a file such as resources/prices.json; - is the terminal</source>
        <translation>设置文件（格式同 resources/prices.json）中的价格；- 表示终端输入</translation>
    </message>
    <message>
        <source>back to the price that came with the program</source>
        <translation>恢复程序自带的价格</translation>
    </message>
    <message>
        <source>--status takes a status or a range, such as 500-599.</source>
        <translation>--status 可取一个状态码或范围，例如 500-599。</translation>
    </message>
    <message>
        <source>--dialect takes one of %1.</source>
        <translation>--dialect 可取 %1。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态码</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>方言</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>More with --cursor %1.</source>
        <translation>更多内容请用 --cursor %1。</translation>
    </message>
    <message>
        <source>After</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>list recorded requests, newest first</source>
        <translation>列出已记录的请求，最新的在前</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Paused until</source>
        <translation>暂停至</translation>
    </message>
    <message>
        <source>Serves since</source>
        <translation>开始服务于</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Keys usable</source>
        <translation>可用密钥</translation>
    </message>
    <message>
        <source>Keys resting</source>
        <translation>休息中的密钥</translation>
    </message>
    <message>
        <source>Keys sidelined</source>
        <translation>被搁置的密钥</translation>
    </message>
    <message>
        <source>Keys disabled</source>
        <translation>已停用的密钥</translation>
    </message>
    <message>
        <source>Requests running</source>
        <translation>进行中的请求</translation>
    </message>
    <message>
        <source>Requests waiting</source>
        <translation>等待中的请求</translation>
    </message>
    <message>
        <source>Settings that wait for a restart</source>
        <translation>等待重启的设置</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断</translation>
    </message>
    <message>
        <source>Without it</source>
        <translation>不提供该模型</translation>
    </message>
    <message>
        <source>show how the gateway does</source>
        <translation>显示网关状况</translation>
    </message>
    <message>
        <source>list models and what each can still do</source>
        <translation>列出模型及其剩余能力</translation>
    </message>
    <message>
        <source>answer clients with 503 for a while, or until resumed</source>
        <translation>一段时间内或直到恢复前，对客户端返回 503</translation>
    </message>
    <message>
        <source>serve again after a pause</source>
        <translation>暂停后恢复服务</translation>
    </message>
    <message>
        <source>, after a restart</source>
        <translation>，重启后生效</translation>
    </message>
    <message>
        <source>list settings and who set them</source>
        <translation>列出设置及其来源</translation>
    </message>
    <message>
        <source>set a setting</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>set a setting back to its default</source>
        <translation>将设置恢复为默认值</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Ends in</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Requests today</source>
        <translation>今日请求</translation>
    </message>
    <message>
        <source>Tokens today</source>
        <translation>今日 token</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>--dialects takes some of %1.</source>
        <translation>--dialects 可取其中若干：%1。</translation>
    </message>
    <message>
        <source>The token is shown this once:</source>
        <translation>令牌只显示这一次：</translation>
    </message>
    <message>
        <source>Deleted: clients with it are refused.</source>
        <translation>已删除：使用它的客户端会被拒绝。</translation>
    </message>
    <message>
        <source>list access tokens and their use</source>
        <translation>列出访问令牌及其使用情况</translation>
    </message>
    <message>
        <source>create an access token</source>
        <translation>创建访问令牌</translation>
    </message>
    <message>
        <source>change what a token may do</source>
        <translation>修改令牌的权限</translation>
    </message>
    <message>
        <source>delete a token</source>
        <translation>删除令牌</translation>
    </message>
    <message>
        <source>give a token a new text</source>
        <translation>更换令牌内容</translation>
    </message>
    <message>
        <source>only those with more than one attempt</source>
        <translation>仅显示尝试多次的请求</translation>
    </message>
    <message>
        <source>take over the tokens, settings and proxies of the file as well</source>
        <translation>同时接管文件中的令牌、设置和代理</translation>
    </message>
    <message>
        <source>Also found</source>
        <translation>另外还有</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>taken over: %1</source>
        <translation>已接管：%1</translation>
    </message>
    <message>
        <source>Not taken over; &quot;keys import --with-settings&quot; takes over what is new.</source>
        <translation>未接管；“keys import --with-settings” 会接管新的内容。</translation>
    </message>
    <message>
        <source>show one request with its attempts and what was kept of it</source>
        <translation>显示一个请求及其各次尝试和保留的内容</translation>
    </message>
    <message>
        <source>gemini, or vertex for Vertex AI&apos;s express mode</source>
        <translation>gemini；或 vertex（Vertex AI 快捷模式）</translation>
    </message>
    <message>
        <source>where the key is used; empty: the usual place</source>
        <translation>密钥的使用地址；留空为默认地址</translation>
    </message>
    <message>
        <source>--kind takes one of %1.</source>
        <translation>--kind 可取 %1 之一。</translation>
    </message>
    <message>
        <source>what its requests are given, e.g. &quot;thinking=low; search&quot;; empty: nothing</source>
        <translation>附加到其请求的参数，例如 &quot;thinking=low; search&quot;；留空：不附加</translation>
    </message>
</context>
<context>
    <name>DesktopSettings</name>
    <message>
        <source>As the system is</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>How the windows look.</source>
        <translation>窗口的外观。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of the windows and the tray.</source>
        <translation>窗口和托盘的语言。</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>The gateway is there as soon as you have logged in.</source>
        <translation>登录后网关立即可用。</translation>
    </message>
    <message>
        <source>Start in the tray</source>
        <translation>启动到托盘</translation>
    </message>
    <message>
        <source>No window at the start; the icon in the tray opens it.</source>
        <translation>启动时不显示窗口，点击托盘图标打开。</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>A key was sidelined</source>
        <translation>密钥被停用</translation>
    </message>
    <message>
        <source>Google does not take it any more.</source>
        <translation>Google 不再接受该密钥。</translation>
    </message>
    <message>
        <source>No key can be used</source>
        <translation>没有可用的密钥</translation>
    </message>
    <message>
        <source>All of them rest or are sidelined.</source>
        <translation>所有密钥都在休息或已停用。</translation>
    </message>
    <message>
        <source>The gateway does not serve</source>
        <translation>网关未提供服务</translation>
    </message>
    <message>
        <source>Its port is held by another program, or its store cannot be read.</source>
        <translation>端口被其他程序占用，或数据库无法读取。</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Of this program, and of Qt.</source>
        <translation>本程序与 Qt 的版本。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Free software: you may use, study, share and change it. It comes without any warranty.</source>
        <translation>自由软件：您可以使用、研究、分享和修改它。不提供任何担保。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Back up the store</source>
        <translation>备份数据库</translation>
    </message>
    <message>
        <source>The store is backed up</source>
        <translation>数据库已备份</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>A copy of keys, settings, records and chats; its secrets stay sealed with the master key. To restore one: gemini-balance restore FILE, while the program is ended.</source>
        <translation>密钥、设置、记录和对话的副本；其中的机密仍由主密钥加密。恢复：在程序退出后运行 gemini-balance restore FILE。</translation>
    </message>
    <message>
        <source>Show libraries</source>
        <translation>显示库</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>库</translation>
    </message>
    <message>
        <source>What this program is made of, with versions and licences.</source>
        <translation>本程序所用的库及其版本和许可证。</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>%1 天前</translation>
    </message>
    <message>
        <source>back in %1</source>
        <translation>%1 后恢复</translation>
    </message>
    <message>
        <source>back %1</source>
        <translation>%1 恢复</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
</context>
<context>
    <name>Gateway::GuiApplication</name>
    <message>
        <source>Gemini Balance goes on serving in the tray.</source>
        <translation>Gemini Balance 仍在托盘中继续提供服务。</translation>
    </message>
</context>
<context>
    <name>JsonLines</name>
    <message>
        <source>(%1 more)</source>
        <translation>（还有 %1）</translation>
    </message>
</context>
<context>
    <name>KeyWords</name>
    <message>
        <source>429 quota met</source>
        <translation>429 配额已满</translation>
    </message>
    <message>
        <source>503 overloaded</source>
        <translation>503 过载</translation>
    </message>
    <message>
        <source>400 invalid key</source>
        <translation>400 密钥无效</translation>
    </message>
    <message>
        <source>400 key expired</source>
        <translation>400 密钥过期</translation>
    </message>
    <message>
        <source>403 key blocked</source>
        <translation>403 密钥被封</translation>
    </message>
    <message>
        <source>403 API is off</source>
        <translation>403 API 未启用</translation>
    </message>
    <message>
        <source>403 billing is off</source>
        <translation>403 未启用结算</translation>
    </message>
    <message>
        <source>403 suspended</source>
        <translation>403 已暂停</translation>
    </message>
    <message>
        <source>403 denied</source>
        <translation>403 被拒绝</translation>
    </message>
    <message>
        <source>401 not accepted</source>
        <translation>401 未被接受</translation>
    </message>
    <message>
        <source>400 not available</source>
        <translation>400 不可用</translation>
    </message>
    <message>
        <source>400 bad request</source>
        <translation>400 请求错误</translation>
    </message>
    <message>
        <source>404 no such model</source>
        <translation>404 无此模型</translation>
    </message>
    <message>
        <source>504 took too long</source>
        <translation>504 超时</translation>
    </message>
    <message>
        <source>500 Google&apos;s fault</source>
        <translation>500 Google 故障</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Resting</source>
        <translation>休息中</translation>
    </message>
    <message>
        <source>Sidelined</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>back now</source>
        <translation>现已恢复</translation>
    </message>
    <message numerus="yes">
        <source>after %n failure(s)</source>
        <translation>
            <numerusform>%n 次失败后</numerusform>
        </translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>by you</source>
        <translation>由您禁用</translation>
    </message>
    <message numerus="yes">
        <source>%n failure(s)</source>
        <translation>
            <numerusform>%n 次失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Works</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Quota met</source>
        <translation>配额已满</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>No clear answer</source>
        <translation>无明确回答</translation>
    </message>
    <message>
        <source>minute %1</source>
        <translation>分钟 %1</translation>
    </message>
    <message>
        <source>day %1</source>
        <translation>每日 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n 次调用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 次失败</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The gateway does not serve</source>
        <translation>网关未提供服务</translation>
    </message>
    <message>
        <source>No key can be used</source>
        <translation>没有可用的密钥</translation>
    </message>
    <message>
        <source>Clients get 503 until one works again.</source>
        <translation>在有密钥恢复之前，客户端会收到 503。</translation>
    </message>
    <message numerus="yes">
        <source>%n keys were sidelined</source>
        <translation>
            <numerusform>%n 个密钥被停用</numerusform>
        </translation>
    </message>
    <message>
        <source>Google does not take them. The others go on serving.</source>
        <translation>Google 不再接受它们，其余密钥继续服务。</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>by list price</source>
        <translation>按标价计算</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>All is well. Nothing needs a hand.</source>
        <translation>一切正常，没有需要处理的事项。</translation>
    </message>
    <message>
        <source>There is no key yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>Clients get 503 until you add one.</source>
        <translation>在添加密钥之前，客户端会收到 503。</translation>
    </message>
    <message>
        <source>Add keys</source>
        <translation>添加密钥</translation>
    </message>
    <message>
        <source>No key can be used</source>
        <translation>没有可用的密钥</translation>
    </message>
    <message>
        <source>Clients get 503 until one works again.</source>
        <translation>在有密钥恢复之前，客户端会收到 503。</translation>
    </message>
    <message>
        <source>Show keys</source>
        <translation>查看密钥</translation>
    </message>
    <message numerus="yes">
        <source>%n keys were refused by Google</source>
        <translation>
            <numerusform>%n 个密钥被 Google 拒绝</numerusform>
        </translation>
    </message>
    <message>
        <source>They are tried again by themselves, and you can check them now.</source>
        <translation>它们会自动重试，您也可以现在检查。</translation>
    </message>
    <message>
        <source>%1 is overloaded at Google</source>
        <translation>%1 在 Google 端过载</translation>
    </message>
    <message numerus="yes">
        <source>%n answers in a row said so. It is tried again by itself.</source>
        <translation>
            <numerusform>连续 %n 次回答如此。会自动重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show requests</source>
        <translation>查看请求</translation>
    </message>
    <message>
        <source>Every key rests for %1</source>
        <translation>所有密钥都在为 %1 休息</translation>
    </message>
    <message numerus="yes">
        <source>%n keys have met their quota.</source>
        <translation>
            <numerusform>%n 个密钥已用完配额。</numerusform>
        </translation>
    </message>
    <message>
        <source>Token “%1” has expired</source>
        <translation>令牌“%1”已过期</translation>
    </message>
    <message>
        <source>Clients that use it are refused.</source>
        <translation>使用它的客户端会被拒绝。</translation>
    </message>
    <message>
        <source>Show token</source>
        <translation>查看令牌</translation>
    </message>
    <message numerus="yes">
        <source>%n changes wait for a restart</source>
        <translation>
            <numerusform>%n 项更改等待重启</numerusform>
        </translation>
    </message>
    <message>
        <source>They take effect when the gateway starts anew.</source>
        <translation>网关重新启动后生效。</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Needs a hand</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Show all %1</source>
        <translation>显示全部 %1 项</translation>
    </message>
</context>
<context>
    <name>SettingEditor</name>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
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
        <source>A file with that key; empty is the desktop&apos;s keychain, else master.key beside the database, made at the first start.</source>
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
        <source>Which of the keys that could serve a request is taken.</source>
        <translation>从能够处理请求的密钥中选用哪一个。</translation>
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
        <source>Cache what clients mark</source>
        <translation>缓存客户端标记的内容</translation>
    </message>
    <message>
        <source>Whether beginnings that requests mark with Anthropic&apos;s cache_control are kept in caches at Google, whose storage costs money; free keys have none.</source>
        <translation>是否将请求中用 Anthropic 的 cache_control 标记的开头部分保存在 Google 的缓存中；存储需要付费，免费密钥没有缓存。</translation>
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
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Host names allowed</source>
        <translation>允许的主机名</translation>
    </message>
    <message>
        <source>Web pages allowed</source>
        <translation>允许的网页来源</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Master key</source>
        <translation>主密钥</translation>
    </message>
    <message>
        <source>Master key file</source>
        <translation>主密钥文件</translation>
    </message>
    <message>
        <source>Gemini API keys</source>
        <translation>Gemini API 密钥</translation>
    </message>
    <message>
        <source>Administrator&apos;s token</source>
        <translation>管理员令牌</translation>
    </message>
    <message>
        <source>Further tokens</source>
        <translation>其他令牌</translation>
    </message>
    <message>
        <source>Gemini API</source>
        <translation>Gemini API</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Choice of keys</source>
        <translation>密钥选择策略</translation>
    </message>
    <message>
        <source>Failures until sidelined</source>
        <translation>停用前的失败次数</translation>
    </message>
    <message>
        <source>Further attempts</source>
        <translation>额外尝试次数</translation>
    </message>
    <message>
        <source>Rest without a hint</source>
        <translation>无提示时的休息时间</translation>
    </message>
    <message>
        <source>Daily quota met</source>
        <translation>每日配额用完时</translation>
    </message>
    <message>
        <source>Check of sidelined keys</source>
        <translation>检查已停用的密钥</translation>
    </message>
    <message>
        <source>Model for checks</source>
        <translation>检查所用模型</translation>
    </message>
    <message>
        <source>Wait for a connection</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Wait for the first byte</source>
        <translation>等待首字节</translation>
    </message>
    <message>
        <source>Silence in an answer</source>
        <translation>回答中的静默</translation>
    </message>
    <message>
        <source>Largest request</source>
        <translation>最大请求</translation>
    </message>
    <message>
        <source>Connections at once</source>
        <translation>同时连接数</translation>
    </message>
    <message>
        <source>Wait for a request&apos;s head</source>
        <translation>等待请求头</translation>
    </message>
    <message>
        <source>Wait for a request&apos;s body</source>
        <translation>等待请求体</translation>
    </message>
    <message>
        <source>Idle connections</source>
        <translation>空闲连接</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>心跳</translation>
    </message>
    <message>
        <source>Time to finish at the end</source>
        <translation>退出时的收尾时间</translation>
    </message>
    <message>
        <source>Threads that answer</source>
        <translation>应答线程数</translation>
    </message>
    <message>
        <source>Log level</source>
        <translation>日志级别</translation>
    </message>
    <message>
        <source>Keep bodies</source>
        <translation>保留正文</translation>
    </message>
    <message>
        <source>Largest kept body</source>
        <translation>保留正文的上限</translation>
    </message>
    <message>
        <source>Keep requests for</source>
        <translation>请求保留时间</translation>
    </message>
    <message>
        <source>Most kept requests</source>
        <translation>请求保留条数</translation>
    </message>
    <message>
        <source>Fetch linked images</source>
        <translation>获取链接的图片</translation>
    </message>
    <message>
        <source>Largest linked image</source>
        <translation>链接图片的上限</translation>
    </message>
    <message>
        <source>Wait for a resting key</source>
        <translation>等待休息中的密钥</translation>
    </message>
    <message>
        <source>Most waiting requests</source>
        <translation>等待请求上限</translation>
    </message>
    <message>
        <source>Fallback models</source>
        <translation>备用模型</translation>
    </message>
    <message>
        <source>Retries of empty answers</source>
        <translation>空回答的重试次数</translation>
    </message>
    <message>
        <source>Ask a second key when late</source>
        <translation>迟缓时询问第二个密钥</translation>
    </message>
    <message>
        <source>Keep conversations on their key</source>
        <translation>会话固定使用同一密钥</translation>
    </message>
    <message>
        <source>Proxies to spread over</source>
        <translation>分散使用的代理</translation>
    </message>
    <message>
        <source>How keys are checked</source>
        <translation>检查密钥的方式</translation>
    </message>
    <message>
        <source>Checks at once</source>
        <translation>同时检查数</translation>
    </message>
    <message>
        <source>Model aliases</source>
        <translation>模型别名</translation>
    </message>
    <message>
        <source>Whether a request&apos;s record keeps what was asked and answered, headers and bodies: never, for failed requests, or always.</source>
        <translation>请求记录是否保留请求与应答的内容（标头和正文）：从不、仅失败的请求，或始终保留。</translation>
    </message>
    <message>
        <source>Ollama without a token</source>
        <translation>Ollama 免令牌</translation>
    </message>
    <message>
        <source>Whether programs on this computer may use the paths that Ollama has without a token; web pages and requests through a proxy may not.</source>
        <translation>本机上的程序是否可以不带令牌使用 Ollama 的路径；网页和经代理的请求不可以。</translation>
    </message>
    <message>
        <source>Largest Live message</source>
        <translation>Live 消息大小上限</translation>
    </message>
    <message>
        <source>Largest message of a Live session, either way; a larger one closes it with 1009.</source>
        <translation>Live 会话中任一方向的消息大小上限；超出时以 1009 关闭会话。</translation>
    </message>
    <message>
        <source>Idle Live sessions</source>
        <translation>空闲的 Live 会话</translation>
    </message>
    <message>
        <source>A Live session in which neither side says anything for this long is closed.</source>
        <translation>双方在这段时间内都没有发送内容的 Live 会话会被关闭。</translation>
    </message>
    <message>
        <source>Keep responses for</source>
        <translation>保留响应的时间</translation>
    </message>
    <message>
        <source>Responses and conversations of OpenAI&apos;s Responses API are kept this long; 0 keeps none.</source>
        <translation>OpenAI Responses API 的响应和会话保留这么久；0 表示不保留。</translation>
    </message>
    <message>
        <source>Model for images</source>
        <translation>图像模型</translation>
    </message>
    <message>
        <source>Gemini&apos;s model for OpenAI&apos;s gpt-image-2, dall-e-3 and the like; empty is the newest image model that Google lists.</source>
        <translation>代替 OpenAI 的 gpt-image-2、dall-e-3 等模型的 Gemini 模型；留空则使用 Google 列出的最新图像模型。</translation>
    </message>
    <message>
        <source>Model for moderations</source>
        <translation>内容审核模型</translation>
    </message>
    <message>
        <source>Gemini&apos;s model for OpenAI&apos;s moderation models; empty is the newest Flash-Lite model that Google lists.</source>
        <translation>代替 OpenAI 内容审核模型的 Gemini 模型；留空则使用 Google 列出的最新 Flash-Lite 模型。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Further names for models: NAME=MODEL; PARAMETER; PARAMETER. A name may be a pattern with *, a model may be a kind such as @flash.</source>
        <translation>模型的其他名称：名称=模型; 参数; 参数。名称可以是含 * 的模式，模型可以是 @flash 这样的类别。</translation>
    </message>
    <message>
        <source>Names of other vendors</source>
        <translation>其他厂商的名称</translation>
    </message>
    <message>
        <source>Whether names of OpenAI&apos;s and Anthropic&apos;s models stand for Gemini&apos;s of the same standing.</source>
        <translation>OpenAI 和 Anthropic 的模型名称是否代表同等档次的 Gemini 模型。</translation>
    </message>
    <message>
        <source>Names with a suffix</source>
        <translation>带后缀的名称</translation>
    </message>
    <message>
        <source>Whether -search, -non-thinking, -thinking-TOKENS and -image behind a model&apos;s name change its requests.</source>
        <translation>模型名称后的 -search、-non-thinking、-thinking-令牌数 和 -image 是否改变其请求。</translation>
    </message>
    <message>
        <source>Show aliases</source>
        <translation>显示别名</translation>
    </message>
    <message>
        <source>Whether lists of models show the names of MODEL_ALIASES that are no patterns.</source>
        <translation>模型列表是否显示 MODEL_ALIASES 中不是模式的名称。</translation>
    </message>
    <message>
        <source>Hidden models</source>
        <translation>隐藏的模型</translation>
    </message>
    <message>
        <source>Models left out of every list; who knows the name may use them.</source>
        <translation>不出现在任何列表中的模型；知道名称的人仍可使用。</translation>
    </message>
    <message>
        <source>Shown with -search</source>
        <translation>以 -search 显示</translation>
    </message>
    <message>
        <source>Models that lists show a second time with -search.</source>
        <translation>列表中以 -search 再显示一次的模型。</translation>
    </message>
    <message>
        <source>Shown with -non-thinking</source>
        <translation>以 -non-thinking 显示</translation>
    </message>
    <message>
        <source>Models that lists show a second time with -non-thinking.</source>
        <translation>列表中以 -non-thinking 再显示一次的模型。</translation>
    </message>
    <message>
        <source>Shown with -image</source>
        <translation>以 -image 显示</translation>
    </message>
    <message>
        <source>Models that answer with pictures too when -image stands behind their name, and that lists show so.</source>
        <translation>名称后带 -image 时也用图片作答、并在列表中如此显示的模型。</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>How hard models think for requests that do not say so; empty leaves it to the model.</source>
        <translation>请求没有说明时模型思考的程度；留空则由模型决定。</translation>
    </message>
    <message>
        <source>Safety filter</source>
        <translation>安全过滤</translation>
    </message>
    <message>
        <source>From which probability of harm on Google blocks an answer, in the categories that a request does not set; none blocks nothing, off does not even look.</source>
        <translation>在请求未设置的类别中，Google 从哪个有害概率起拦截回答；none 不拦截任何内容，off 则完全不检查。</translation>
    </message>
    <message>
        <source>Google Search</source>
        <translation>Google 搜索</translation>
    </message>
    <message>
        <source>Whether models may search the web, in requests without functions.</source>
        <translation>在没有函数的请求中，模型是否可以搜索网络。</translation>
    </message>
    <message>
        <source>Read linked pages</source>
        <translation>读取链接的网页</translation>
    </message>
    <message>
        <source>Whether models may read pages that a request links to, in requests without functions.</source>
        <translation>在没有函数的请求中，模型是否可以读取请求中链接的网页。</translation>
    </message>
    <message>
        <source>Run code at Google</source>
        <translation>在 Google 运行代码</translation>
    </message>
    <message>
        <source>Whether models may write and run Python at Google, in requests without functions.</source>
        <translation>在没有函数的请求中，模型是否可以在 Google 编写并运行 Python。</translation>
    </message>
    <message>
        <source>Instructions first</source>
        <translation>前置指令</translation>
    </message>
    <message>
        <source>Instructions before those of each request.</source>
        <translation>加在每个请求自身指令之前的指令。</translation>
    </message>
    <message>
        <source>Instructions last</source>
        <translation>后置指令</translation>
    </message>
    <message>
        <source>Instructions behind those of each request.</source>
        <translation>加在每个请求自身指令之后的指令。</translation>
    </message>
    <message>
        <source>Further headers</source>
        <translation>附加请求头</translation>
    </message>
    <message>
        <source>Headers that every call to Google carries, in place of the client&apos;s of the same name: NAME: VALUE, separated by semicolons or new lines.</source>
        <translation>每次调用 Google 都携带、并取代客户端同名请求头的请求头：名称: 值，以分号或换行分隔。</translation>
    </message>
    <message>
        <source>Model for speech</source>
        <translation>语音模型</translation>
    </message>
    <message>
        <source>Gemini&apos;s model for OpenAI&apos;s tts-1, gpt-4o-mini-tts and the like; empty is the newest speech model that Google lists.</source>
        <translation>用于 OpenAI 的 tts-1、gpt-4o-mini-tts 等的 Gemini 模型；留空则用 Google 列出的最新语音模型。</translation>
    </message>
    <message>
        <source>Model for transcripts</source>
        <translation>转写模型</translation>
    </message>
    <message>
        <source>Gemini&apos;s model for OpenAI&apos;s whisper-1, gpt-4o-transcribe and the like; empty is the newest Flash model that Google lists.</source>
        <translation>用于 OpenAI 的 whisper-1、gpt-4o-transcribe 等的 Gemini 模型；留空则用 Google 列出的最新 Flash 模型。</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>流式输出</translation>
    </message>
    <message>
        <source>Fake streaming</source>
        <translation>假流式</translation>
    </message>
    <message>
        <source>Whether a stream is asked of Google as a whole answer: its client has heartbeats meanwhile, and other keys are tried until the answer is complete.</source>
        <translation>是否把流式请求以非流式方式发给 Google：期间客户端收到心跳，并可换用其他密钥，直到得到完整的回答。</translation>
    </message>
    <message>
        <source>Models of fake streaming</source>
        <translation>假流式的模型</translation>
    </message>
    <message>
        <source>Models for which FAKE_STREAM holds; * stands for any characters.</source>
        <translation>FAKE_STREAM 适用的模型；* 代表任意字符。</translation>
    </message>
    <message>
        <source>Ask for streams always</source>
        <translation>总以流式请求</translation>
    </message>
    <message>
        <source>Whether an answer that its client wants whole is asked of Google as a stream and gathered, so that no time-out meets a long one.</source>
        <translation>客户端要求非流式回答时，是否以流式向 Google 请求并汇总，使较长的回答不会超时。</translation>
    </message>
    <message>
        <source>Smooth streams</source>
        <translation>平滑流式输出</translation>
    </message>
    <message>
        <source>Whether the large pieces in which Google streams a text are told in small ones at an even pace.</source>
        <translation>是否把 Google 流式返回的大段文字拆成小段，以均匀的速度输出。</translation>
    </message>
    <message>
        <source>Time between pieces</source>
        <translation>小段间隔</translation>
    </message>
    <message>
        <source>Milliseconds from one piece of a smoothed stream to the next.</source>
        <translation>平滑输出时相邻两小段之间的毫秒数。</translation>
    </message>
    <message>
        <source>Least letters of a piece</source>
        <translation>每段最少字数</translation>
    </message>
    <message>
        <source>Letters that a piece of a smoothed stream has at least; it grows with what waits.</source>
        <translation>平滑输出的每一小段至少包含的字数；待输出的内容越多，每段越大。</translation>
    </message>
    <message>
        <source>Lag of smoothed streams</source>
        <translation>平滑输出的延迟</translation>
    </message>
    <message>
        <source>Milliseconds over which a smoothed stream spreads what has come; its end is not later than this.</source>
        <translation>平滑输出把已到的内容分散到多少毫秒内；结束不会比这更晚。</translation>
    </message>
    <message>
        <source>Continue cut answers</source>
        <translation>续写被截断的回答</translation>
    </message>
    <message>
        <source>How often an answer that the model&apos;s own limit cut is asked to go on and joined; a limit that the client set holds. 0 is never.</source>
        <translation>因模型自身上限而被截断的回答最多续写并拼接几次；客户端设定的上限仍然有效。0 表示从不。</translation>
    </message>
    <message>
        <source>Continue broken streams</source>
        <translation>续写中断的流</translation>
    </message>
    <message>
        <source>How often a stream that breaks after its beginning is asked to go on, with another key if need be, and joined; 0 is never.</source>
        <translation>流在开始之后中断时最多续写并拼接几次，必要时换用其他密钥；0 表示从不。</translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message>
        <source>No key yet</source>
        <translation>还没有密钥</translation>
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
    <message>
        <source>Clients get 503 until you add one on the Keys page.</source>
        <translation>在“密钥”页添加密钥之前，客户端会收到 503。</translation>
    </message>
    <message>
        <source>Answers OpenAI, Anthropic, Gemini and Ollama clients.</source>
        <translation>应答 OpenAI、Anthropic、Gemini 和 Ollama 客户端。</translation>
    </message>
</context>
<context>
    <name>Ui::AddKeysDialog</name>
    <message>
        <source>The clipboard holds a key: “From clipboard” takes it.</source>
        <translation>剪贴板中有密钥：点“来自剪贴板”即可使用。</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n 条新请求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n 个已存在</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n malformed</source>
        <translation>
            <numerusform>%n 个格式不正确</numerusform>
        </translation>
    </message>
    <message>
        <source>What is found stands here.</source>
        <translation>识别结果显示在这里。</translation>
    </message>
    <message>
        <source>No key is found in this text.</source>
        <translation>此文本中没有找到密钥。</translation>
    </message>
    <message>
        <source>Malformed lines are skipped.</source>
        <translation>格式不正确的行将被跳过。</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) added</source>
        <translation>
            <numerusform>已添加 %n 个密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s) checked. You can close this; the check goes on.</source>
        <translation>
            <numerusform>已检查 %1 / %n 个密钥。可以关闭，检查会继续。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n key(s) work.</source>
        <translation>
            <numerusform>%n 个密钥全部可用。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s) work.</source>
        <translation>
            <numerusform>%n 个密钥中 %1 个可用。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n key(s)</source>
        <translation>
            <numerusform>添加 %n 个密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>Add keys</source>
        <translation>添加密钥</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>正在添加…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open a file with keys</source>
        <translation>打开含密钥的文件</translation>
    </message>
    <message>
        <source>This file is neither text nor a sealed export.</source>
        <translation>此文件既不是文本也不是加密导出。</translation>
    </message>
    <message>
        <source>Key {n}</source>
        <translation>密钥 {n}</translation>
    </message>
    <message>
        <source>Any text will do: lists, .env lines, JSON. Keys are stored encrypted on this computer.</source>
        <translation>任何文本均可：列表、.env 行、JSON。密钥加密保存在本机。</translation>
    </message>
    <message>
        <source>Paste keys, one or many</source>
        <translation>粘贴一个或多个密钥</translation>
    </message>
    <message>
        <source>Passphrase of the sealed export</source>
        <translation>加密导出的口令</translation>
    </message>
    <message>
        <source>Paste text instead</source>
        <translation>改为粘贴文本</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>From clipboard</source>
        <translation>来自剪贴板</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Label pattern</source>
        <translation>标签格式</translation>
    </message>
    <message>
        <source>{n} counts the added keys.</source>
        <translation>{n} 为所添加密钥的序号。</translation>
    </message>
    <message>
        <source>Check each key with Google</source>
        <translation>向 Google 检查每个密钥</translation>
    </message>
    <message numerus="yes">
        <source>Take over %n more: access tokens, settings and proxies</source>
        <translation>
            <numerusform>另外接管 %n 项：访问令牌、设置和代理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n more taken over</source>
        <translation>
            <numerusform>%1，另接管 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>Take over what else was found</source>
        <translation>接管另外找到的内容</translation>
    </message>
</context>
<context>
    <name>Ui::AddedKeys</name>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Too short</source>
        <translation>过短</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>Not a Google key</source>
        <translation>不是 Google 密钥</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>New, unusual form</source>
        <translation>新密钥，形式少见</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Back again</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>Twice in this text</source>
        <translation>文本中重复</translation>
    </message>
</context>
<context>
    <name>Ui::AttemptLine</name>
    <message>
        <source>No answer</source>
        <translation>无回答</translation>
    </message>
</context>
<context>
    <name>Ui::Banner</name>
    <message>
        <source>Hide this message</source>
        <translation>隐藏此消息</translation>
    </message>
</context>
<context>
    <name>Ui::ByteField</name>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
</context>
<context>
    <name>Ui::ChartTable</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show as a table</source>
        <translation>以表格显示</translation>
    </message>
</context>
<context>
    <name>Ui::ChartTableModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>Ui::ChatAnswerFoot</name>
    <message>
        <source>%1 in, %2 out</source>
        <extracomment>Tokens: how many the question took, how many the answer.</extracomment>
        <translation>输入 %1，输出 %2</translation>
    </message>
    <message>
        <source>through %1</source>
        <extracomment>%1 is the label of the API key that answered.</extracomment>
        <translation>经由 %1</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>Ask again; this answer and what follows go</source>
        <translation>重新提问；此回答及后续内容会被移除</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>编辑问题</translation>
    </message>
    <message>
        <source>Edit the question and ask again</source>
        <translation>编辑问题并重新提问</translation>
    </message>
</context>
<context>
    <name>Ui::ChatAnswerView</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Source %1: %2</source>
        <translation>来源 %1：%2</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Wait and retry</source>
        <translation>等待后重试</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Asks again in %1</source>
        <translation>%1 后重新提问</translation>
    </message>
</context>
<context>
    <name>Ui::ChatCode</name>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Ui::ChatComposer</name>
    <message>
        <source>Think</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Ask something</source>
        <translation>提个问题</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Show what the model thinks before it answers</source>
        <translation>显示模型回答前的思考</translation>
    </message>
    <message>
        <source>Let the model look things up with Google Search</source>
        <translation>允许模型使用 Google 搜索</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>%1 is too large: attachments may have %2 together.</source>
        <translation>%1 过大：附件合计不得超过 %2。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The chosen dialect has no search.</source>
        <translation>所选接口不支持搜索。</translation>
    </message>
</context>
<context>
    <name>Ui::ChatConversation</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>The model stopped early: %1</source>
        <translation>模型提前停止：%1</translation>
    </message>
    <message>
        <source>No answer came.</source>
        <translation>没有收到回答。</translation>
    </message>
</context>
<context>
    <name>Ui::ChatFold</name>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Thought for %1</source>
        <translation>思考了 %1</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
</context>
<context>
    <name>Ui::ChatList</name>
    <message>
        <source>Search chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Export as Markdown…</source>
        <translation>导出为 Markdown…</translation>
    </message>
    <message>
        <source>Export as JSON…</source>
        <translation>导出为 JSON…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>对话已删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Export chat</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Chat exported</source>
        <translation>对话已导出</translation>
    </message>
    <message>
        <source>Rename chat</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
</context>
<context>
    <name>Ui::ChatListModel</name>
    <message>
        <source>%1, last used %2</source>
        <translation>%1，最近使用 %2</translation>
    </message>
    <message>
        <source>%1, an answer is on its way</source>
        <translation>%1，正在回答</translation>
    </message>
    <message>
        <source>%1, with a new answer</source>
        <translation>%1，有新回答</translation>
    </message>
</context>
<context>
    <name>Ui::ChatOptionsDialog</name>
    <message>
        <source>Chat settings</source>
        <translation>对话设置</translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation>模型默认</translation>
    </message>
    <message>
        <source>minimal</source>
        <translation>最少</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <source>System text</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>What the model is told before all.</source>
        <translation>最先告诉模型的内容。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Lower is steadier, higher is more varied.</source>
        <translation>越低越稳定，越高越多样。</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>How much it thinks, where Think is on.</source>
        <translation>开启思考时的思考程度。</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>In which client&apos;s words the gateway is asked.</source>
        <translation>以哪种客户端接口访问网关。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Ui::ChatPage</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Ask something</source>
        <translation>提个问题</translation>
    </message>
    <message>
        <source>Answers come through your own gateway, with the keys you added. Chats stay here.</source>
        <translation>回答经由您自己的网关，使用您添加的密钥。对话保存在本机。</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>More acts</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Chat settings</source>
        <translation>对话设置</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line. Chats stay on this computer.</source>
        <translation>Enter 发送，Shift+Enter 换行。对话保存在本机。</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Export as Markdown…</source>
        <translation>导出为 Markdown…</translation>
    </message>
    <message>
        <source>Export as JSON…</source>
        <translation>导出为 JSON…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>Ui::ChatPicture</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>This picture cannot be shown</source>
        <translation>无法显示此图片</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
</context>
<context>
    <name>Ui::ChatQuestionView</name>
    <message>
        <source>Your question</source>
        <translation>您的问题</translation>
    </message>
    <message>
        <source>Edit and ask again</source>
        <translation>编辑并重新提问</translation>
    </message>
    <message>
        <source>Edit and ask again; what follows goes</source>
        <translation>编辑并重新提问；后续内容会被移除</translation>
    </message>
    <message>
        <source>Copy the question</source>
        <translation>复制问题</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>Ui::ChatStream</name>
    <message>
        <source>The gateway does not answer.</source>
        <translation>网关没有回答。</translation>
    </message>
    <message>
        <source>The connection to the gateway broke: %1</source>
        <translation>与网关的连接中断：%1</translation>
    </message>
    <message>
        <source>The gateway is not serving now.</source>
        <translation>网关当前未提供服务。</translation>
    </message>
    <message>
        <source>The answer broke off.</source>
        <translation>回答中断。</translation>
    </message>
    <message>
        <source>The gateway answered with status %1.</source>
        <translation>网关返回状态 %1。</translation>
    </message>
</context>
<context>
    <name>Ui::ChatThread</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>Ui::CheckResultModel</name>
    <message>
        <source>a key that is gone</source>
        <translation>已不存在的密钥</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>In Google’s words</source>
        <translation>Google 的说明</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>Ui::CheckResults</name>
    <message>
        <source>Result of the check</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Checked keys</source>
        <translation>已检查的密钥</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n refused key(s)</source>
        <translation>
            <numerusform>移除 %n 个被拒绝的密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>Ui::CheckStrip</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>Keys checked</source>
        <translation>已检查的密钥</translation>
    </message>
    <message>
        <source>Hide the result of the check</source>
        <translation>隐藏检查结果</translation>
    </message>
    <message>
        <source>Checking keys…</source>
        <translation>正在检查密钥…</translation>
    </message>
    <message numerus="yes">
        <source>Checking %n key(s), %1 done</source>
        <translation>
            <numerusform>正在检查 %n 个密钥，已完成 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The check was cancelled; %n key(s) were checked</source>
        <translation>
            <numerusform>检查已取消；已检查 %n 个密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) checked: all work</source>
        <translation>
            <numerusform>已检查 %n 个密钥：全部可用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) checked: %1 work, %2 were refused or gave no clear answer</source>
        <translation>
            <numerusform>已检查 %n 个密钥：%1 个可用，%2 个被拒绝或无明确回答</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::Chip</name>
    <message>
        <source>Remove the filter %1</source>
        <translation>移除筛选 %1</translation>
    </message>
</context>
<context>
    <name>Ui::ChipsEdit</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>%1: add</source>
        <translation>%1：添加</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>Ui::ClientRecipe</name>
    <message>
        <source>Speaks the OpenAI dialect.</source>
        <translation>使用 OpenAI 接口。</translation>
    </message>
    <message>
        <source>Speaks the Anthropic dialect.</source>
        <translation>使用 Anthropic 接口。</translation>
    </message>
    <message>
        <source>Speaks the Ollama dialect.</source>
        <translation>使用 Ollama 接口。</translation>
    </message>
    <message>
        <source>Speaks the Gemini dialect.</source>
        <translation>使用 Gemini 接口。</translation>
    </message>
    <message>
        <source>claude-sonnet becomes</source>
        <translation>claude-sonnet 对应</translation>
    </message>
    <message>
        <source>claude-haiku becomes</source>
        <translation>claude-haiku 对应</translation>
    </message>
    <message>
        <source>If it still signs in with Google, choose “Use Gemini API key” with /auth.</source>
        <translation>若仍用 Google 登录，请用 /auth 选择“Use Gemini API key”。</translation>
    </message>
    <message>
        <source>It reads its settings at its start. With env_key in the file the token can stay in the environment.</source>
        <translation>启动时读取设置。文件中使用 env_key 时，令牌可留在环境变量里。</translation>
    </message>
    <message>
        <source>In VS Code: Chat: Manage Language Models, Add, Custom Endpoint. Give the token there, as VS Code keeps it encrypted; the rest goes into chatLanguageModels.json.</source>
        <translation>在 VS Code 中：Chat: Manage Language Models → Add → Custom Endpoint。令牌在那里填写，由 VS Code 加密保存；其余写入 chatLanguageModels.json。</translation>
    </message>
    <message>
        <source>In the IDE: Settings, Tools, AI Assistant, Models; add an OpenAI-compatible provider with these values and press Test Connection.</source>
        <translation>在 IDE 中：Settings → Tools → AI Assistant → Models；用这些值添加 OpenAI 兼容提供方并点 Test Connection。</translation>
    </message>
    <message>
        <source>Enter these in Cline&apos;s settings; it keeps the token in the editor&apos;s store.</source>
        <translation>在 Cline 的设置中填写；令牌由编辑器保存。</translation>
    </message>
    <message>
        <source>Enter these in Roo Code&apos;s settings; it keeps the token in the editor&apos;s store.</source>
        <translation>在 Roo Code 的设置中填写；令牌由编辑器保存。</translation>
    </message>
    <message>
        <source>Zed keeps the token in the system&apos;s keychain: paste it once in Agent Settings, LLM Providers, Gemini Balance.</source>
        <translation>Zed 将令牌保存在系统钥匙串：在 Agent Settings → LLM Providers → Gemini Balance 中粘贴一次。</translation>
    </message>
    <message>
        <source>When GOOGLE_API_KEY is set as well, the SDK takes that one: unset it.</source>
        <translation>若同时设置了 GOOGLE_API_KEY，SDK 会优先使用它：请取消设置。</translation>
    </message>
    <message>
        <source>Programs that ask for an Ollama address take the gateway&apos;s address; those that send no token need the setting OLLAMA_OPEN.</source>
        <translation>要求填写 Ollama 地址的程序填写网关的地址；不发送令牌的程序需要启用 OLLAMA_OPEN 设置。</translation>
    </message>
</context>
<context>
    <name>Ui::ClientState</name>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Old token</source>
        <translation>旧令牌</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>已安装</translation>
    </message>
</context>
<context>
    <name>Ui::ClientTest</name>
    <message>
        <source>Refused: this token has expired</source>
        <translation>被拒绝：此令牌已过期</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>No answer: the gateway is paused</source>
        <translation>无回答：网关已暂停</translation>
    </message>
    <message>
        <source>The gateway does not serve this call</source>
        <translation>网关不支持此调用</translation>
    </message>
    <message>
        <source>A limit is reached</source>
        <translation>已达到限额</translation>
    </message>
    <message>
        <source>Failed with status %1</source>
        <translation>失败，状态 %1</translation>
    </message>
    <message>
        <source>No answer: is the gateway paused?</source>
        <translation>无回答：网关是否已暂停？</translation>
    </message>
    <message>
        <source>No answer: is the gateway running?</source>
        <translation>无回答：网关是否在运行？</translation>
    </message>
    <message>
        <source>The answer broke off</source>
        <translation>回答中断</translation>
    </message>
    <message>
        <source>What answered is no gateway: look at the address</source>
        <translation>应答方不是网关：请检查地址</translation>
    </message>
    <message>
        <source>It works: %1 answered in %2</source>
        <translation>可用：%1 用时 %2 回答</translation>
    </message>
    <message>
        <source>%1 through key %2</source>
        <translation>%1，使用密钥 %2</translation>
    </message>
</context>
<context>
    <name>Ui::ClientsPage</name>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>%1 of %2 connected</source>
        <translation>已连接 %1 / %2</translation>
    </message>
</context>
<context>
    <name>Ui::ConfigRefusal</name>
    <message>
        <source>The file is no valid %1: see line %2.</source>
        <translation>文件不是有效的 %1：见第 %2 行。</translation>
    </message>
    <message>
        <source>“%1” is written in a way that is not changed by program. Take the snippet instead.</source>
        <translation>“%1”的写法无法由程序修改，请使用代码片段。</translation>
    </message>
</context>
<context>
    <name>Ui::ConfigWriter</name>
    <message>
        <source>The file is too large for a settings file.</source>
        <translation>文件过大，不像设置文件。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>无法读取文件：%1</translation>
    </message>
    <message>
        <source>The file is no text in UTF-8.</source>
        <translation>文件不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>The file changed since it was read.</source>
        <translation>文件在读取后已被更改。</translation>
    </message>
    <message>
        <source>No copy of the old file can be kept: %1</source>
        <translation>无法保留旧文件的副本：%1</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
    <message>
        <source>The file cannot be written: %1</source>
        <translation>无法写入文件：%1</translation>
    </message>
    <message>
        <source>The file cannot be removed.</source>
        <translation>无法删除文件。</translation>
    </message>
</context>
<context>
    <name>Ui::ConnectCard</name>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Settings of the client</source>
        <translation>客户端设置</translation>
    </message>
    <message>
        <source>Write settings</source>
        <translation>写入设置</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Copy what is shown</source>
        <translation>复制所示内容</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>A copy of the old file is kept.</source>
        <translation>会保留旧文件的副本。</translation>
    </message>
    <message>
        <source>Settings written</source>
        <translation>设置已写入</translation>
    </message>
    <message>
        <source>Settings taken out</source>
        <translation>设置已移除</translation>
    </message>
    <message>
        <source>Write it for me</source>
        <translation>代为写入</translation>
    </message>
    <message>
        <source>Snippet</source>
        <translation>代码片段</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Form of the settings</source>
        <translation>设置形式</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>新建令牌…</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>无令牌</translation>
    </message>
    <message>
        <source>Last request with this token %1.</source>
        <translation>此令牌最近的请求：%1。</translation>
    </message>
    <message>
        <source>Nothing to change: the file is as it should be.</source>
        <translation>无需更改：文件已正确。</translation>
    </message>
    <message>
        <source>The gateway has no address while it does not serve.</source>
        <translation>网关未提供服务时没有地址。</translation>
    </message>
    <message>
        <source>A token is missing.</source>
        <translation>缺少令牌。</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>新建令牌</translation>
    </message>
    <message>
        <source>The text of this token stands in the setting ALLOWED_TOKENS.</source>
        <translation>此令牌的内容在设置 ALLOWED_TOKENS 中。</translation>
    </message>
    <message>
        <source>Open setting</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>A token&apos;s text is known only when it is made.</source>
        <translation>令牌内容只在创建时可知。</translation>
    </message>
    <message>
        <source>Renew to see it</source>
        <translation>更新以查看</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>更新</translation>
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
    <name>Ui::DayChart</name>
    <message>
        <source>Calls, last 24 h</source>
        <translation>最近 24 小时调用</translation>
    </message>
    <message>
        <source>No calls</source>
        <translation>无调用</translation>
    </message>
    <message>
        <source>%1–%2: %3 calls, %4 failed</source>
        <translation>%1–%2：%3 次调用，%4 次失败</translation>
    </message>
    <message>
        <source>Yesterday %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>Ui::DetailsPane</name>
    <message>
        <source>Close the pane</source>
        <translation>关闭面板</translation>
    </message>
</context>
<context>
    <name>Ui::Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Ui::ExportDialog</name>
    <message numerus="yes">
        <source>Export %n key(s)</source>
        <translation>
            <numerusform>导出 %n 个密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>Format of the file</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <source>How the keys are written</source>
        <translation>密钥的写法</translation>
    </message>
    <message>
        <source>Masked</source>
        <translation>遮盖</translation>
    </message>
    <message>
        <source>In full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Labels, projects and settings; of each key only its ends.</source>
        <translation>标签、项目和设置；每个密钥只含首尾。</translation>
    </message>
    <message>
        <source>Anyone who has the file can use the keys. The gateway notes that they were exported.</source>
        <translation>持有该文件的人都能使用这些密钥。网关会记录此次导出。</translation>
    </message>
    <message>
        <source>Only who knows the passphrase can read the file. A lost passphrase cannot be got back.</source>
        <translation>只有知道口令的人能读取该文件。口令丢失无法找回。</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>两次输入的口令不同。</translation>
    </message>
    <message>
        <source>Export keys</source>
        <translation>导出密钥</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>The file cannot be written: %1</source>
        <translation>无法写入文件：%1</translation>
    </message>
    <message>
        <source>Keys written to %1</source>
        <translation>密钥已写入 %1</translation>
    </message>
</context>
<context>
    <name>Ui::GatewayCard</name>
    <message>
        <source>Copy the gateway&apos;s address</source>
        <translation>复制网关地址</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>15 分钟</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>直到我恢复</translation>
    </message>
    <message numerus="yes">
        <source>No usable key for %n models now. Other models answer.</source>
        <translation>
            <numerusform>%n 个模型目前没有可用密钥，其他模型正常。</numerusform>
        </translation>
    </message>
    <message>
        <source>No usable key for %1 until %2. Other models answer.</source>
        <translation>%2 之前 %1 没有可用密钥，其他模型正常。</translation>
    </message>
    <message>
        <source>No usable key for %1 now. Other models answer.</source>
        <translation>%1 目前没有可用密钥，其他模型正常。</translation>
    </message>
    <message>
        <source>Partly serving</source>
        <translation>部分服务</translation>
    </message>
    <message>
        <source>%1  ·  up %2</source>
        <extracomment>%1 is what it serves, %2 a span of time (&quot;3 d 4 h&quot;)</extracomment>
        <translation>%1  ·  已运行 %2</translation>
    </message>
</context>
<context>
    <name>Ui::HealthCard</name>
    <message>
        <source>Key health</source>
        <translation>密钥状态</translation>
    </message>
    <message>
        <source>Show keys</source>
        <translation>查看密钥</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Resting</source>
        <translation>休息中</translation>
    </message>
    <message>
        <source>Sidelined</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>First key %1</source>
        <extracomment>%1 is &quot;back in 0:42&quot; or &quot;back 14:37&quot;</extracomment>
        <translation>首个密钥 %1</translation>
    </message>
</context>
<context>
    <name>Ui::HourChart</name>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>per minute, last 60 min</source>
        <translation>每分钟，最近 60 分钟</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Per minute, last 60 min</source>
        <translation>每分钟，最近 60 分钟</translation>
    </message>
</context>
<context>
    <name>Ui::IssuedDialog</name>
    <message>
        <source>Token “%1”</source>
        <translation>令牌“%1”</translation>
    </message>
    <message>
        <source>Copy it now: it is shown this once. Only its last four characters are kept to tell it by.</source>
        <translation>请立即复制：仅显示这一次。之后只保留末四位以便辨认。</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>Ui::KeyActs</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) rest, %1</source>
        <translation>
            <numerusform>%n 个密钥休息，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) are used again</source>
        <translation>
            <numerusform>%n 个密钥重新启用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) enabled</source>
        <translation>
            <numerusform>已启用 %n 个密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) disabled</source>
        <translation>
            <numerusform>已禁用 %n 个密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Failures of %n key(s) are reset</source>
        <translation>
            <numerusform>已重置 %n 个密钥的失败计数</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) removed</source>
        <translation>
            <numerusform>已移除 %n 个密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) taken out of their projects</source>
        <translation>
            <numerusform>%n 个密钥已移出项目</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) moved to %1</source>
        <translation>
            <numerusform>%n 个密钥已移至 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Key copied; it leaves the clipboard in 30 seconds</source>
        <translation>密钥已复制，30 秒后从剪贴板清除</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>15 分钟</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>For 24 hours</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>Copy masked</source>
        <translation>复制遮盖形式</translation>
    </message>
    <message>
        <source>Move to project…</source>
        <translation>移至项目…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>重新使用</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>禁用</translation>
    </message>
    <message>
        <source>Reset failures</source>
        <translation>重置失败计数</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Show requests of this key</source>
        <translation>查看此密钥的请求</translation>
    </message>
    <message>
        <source>Copy key in full</source>
        <translation>复制完整密钥</translation>
    </message>
</context>
<context>
    <name>Ui::KeyEditDialog</name>
    <message>
        <source>Settings of the key</source>
        <translation>密钥设置</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>as Google says</source>
        <translation>以 Google 为准</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>with commas between them</source>
        <translation>以逗号分隔</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>付费</translation>
    </message>
    <message>
        <source>all; * stands for anything, as in gemini-2.5-*</source>
        <translation>全部；* 代表任意内容，如 gemini-2.5-*</translation>
    </message>
    <message>
        <source>as in Settings; else http://, https://, socks5:// or socks5h://</source>
        <translation>按设置；或 http://、https://、socks5://、socks5h://</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Input tokens per minute</source>
        <translation>每分钟输入词元</translation>
    </message>
    <message>
        <source>Requests per day</source>
        <translation>每日请求数</translation>
    </message>
    <message>
        <source>Allowed models</source>
        <translation>允许的模型</translation>
    </message>
    <message>
        <source>Denied models</source>
        <translation>禁止的模型</translation>
    </message>
    <message>
        <source>Own proxy</source>
        <translation>专用代理</translation>
    </message>
    <message>
        <source>Gemini API</source>
        <translation>Gemini API</translation>
    </message>
    <message>
        <source>Vertex AI, express mode</source>
        <translation>Vertex AI 快捷模式</translation>
    </message>
    <message>
        <source>the usual place</source>
        <translation>默认地址</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>基础 URL</translation>
    </message>
</context>
<context>
    <name>Ui::KeyErrors</name>
    <message>
        <source>No failed request is on record.</source>
        <translation>没有失败请求的记录。</translation>
    </message>
</context>
<context>
    <name>Ui::KeyHistoryDelegate</name>
    <message>
        <source>%1–%2: %3, %4</source>
        <translation>%1–%2：%3，%4</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n 次调用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 次失败</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::KeyModel</name>
    <message>
        <source>Selected</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Minute / day</source>
        <translation>分钟 / 每日</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>History, 24 h</source>
        <translation>24 小时历史</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近错误</translation>
    </message>
    <message>
        <source>minute %1, day %2</source>
        <translation>分钟 %1，每日 %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 次失败</translation>
    </message>
    <message>
        <source>Select %1</source>
        <translation>选择 %1</translation>
    </message>
    <message>
        <source>History is being read</source>
        <translation>正在读取历史</translation>
    </message>
    <message>
        <source>%1 calls in 24 hours, %2 failed</source>
        <translation>24 小时内 %1 次调用，%2 次失败</translation>
    </message>
    <message>
        <source>No error</source>
        <translation>无错误</translation>
    </message>
</context>
<context>
    <name>Ui::KeyPane</name>
    <message>
        <source>%1 failed</source>
        <translation>%1 次失败</translation>
    </message>
    <message>
        <source>Last hour: %1 calls, %2 failed. Last minute: %3, %4 failed.</source>
        <translation>最近一小时：%1 次调用，%2 次失败。最近一分钟：%3 次，%4 次失败。</translation>
    </message>
    <message>
        <source>Details of the key</source>
        <translation>密钥详情</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>重命名 (F2)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>minute, day</source>
        <translation>分钟，每日</translation>
    </message>
    <message>
        <source>No model was asked with this key yet.</source>
        <translation>此密钥尚未用于任何模型。</translation>
    </message>
    <message>
        <source>Calls, last 24 h</source>
        <translation>最近 24 小时调用</translation>
    </message>
    <message>
        <source>Last errors</source>
        <translation>最近错误</translation>
    </message>
    <message>
        <source>in Google’s words</source>
        <translation>Google 的说明</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit the settings of the key</source>
        <translation>编辑密钥设置</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Input tokens per minute</source>
        <translation>每分钟输入词元</translation>
    </message>
    <message>
        <source>Requests per day</source>
        <translation>每日请求数</translation>
    </message>
    <message>
        <source>Allowed models</source>
        <translation>允许的模型</translation>
    </message>
    <message>
        <source>Denied models</source>
        <translation>禁止的模型</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Last checked</source>
        <translation>最近检查</translation>
    </message>
    <message>
        <source>Calls ever</source>
        <translation>累计调用</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>付费</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>as in Settings</source>
        <translation>按设置</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>%1, %2 failed</source>
        <translation>%1，%2 次失败</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>重新使用</translation>
    </message>
    <message>
        <source>More acts</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Vertex AI, express mode</source>
        <translation>Vertex AI 快捷模式</translation>
    </message>
    <message>
        <source>Gemini API</source>
        <translation>Gemini API</translation>
    </message>
</context>
<context>
    <name>Ui::KeyTools</name>
    <message>
        <source>Search label, key or project</source>
        <translation>搜索标签、密钥或项目</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>搜索密钥</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多筛选</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Usable for model</source>
        <translation>可用于模型</translation>
    </message>
    <message>
        <source>Clear search and filters</source>
        <translation>清除搜索和筛选</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Failures in a row</source>
        <translation>连续失败次数</translation>
    </message>
    <message numerus="yes">
        <source>%n or more</source>
        <translation>
            <numerusform>%n 次以上</numerusform>
        </translation>
    </message>
    <message>
        <source>Project: %1</source>
        <translation>项目：%1</translation>
    </message>
    <message>
        <source>Tag: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Usable for %1</source>
        <translation>可用于 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n failure(s) or more</source>
        <translation>
            <numerusform>%n 次失败以上</numerusform>
        </translation>
    </message>
    <message>
        <source>Take this condition away</source>
        <translation>移除此条件</translation>
    </message>
</context>
<context>
    <name>Ui::KeysPage</name>
    <message>
        <source>Import keys from a file</source>
        <translation>从文件导入密钥</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Add keys</source>
        <translation>添加密钥</translation>
    </message>
    <message>
        <source>More acts for all keys</source>
        <translation>针对所有密钥的更多操作</translation>
    </message>
    <message>
        <source>Check all keys</source>
        <translation>检查所有密钥</translation>
    </message>
    <message>
        <source>Check failing keys</source>
        <translation>检查失败的密钥</translation>
    </message>
    <message>
        <source>Export all keys…</source>
        <translation>导出所有密钥…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>重新使用</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>禁用</translation>
    </message>
    <message>
        <source>Move to project</source>
        <translation>移至项目</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>No keys yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>Paste one or more Gemini API keys. The gateway starts to serve as soon as the first one works.</source>
        <translation>粘贴一个或多个 Gemini API 密钥。第一个可用后网关即开始服务。</translation>
    </message>
    <message>
        <source>Get a free key</source>
        <translation>获取免费密钥</translation>
    </message>
    <message>
        <source>Clear search and filters</source>
        <translation>清除搜索和筛选</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n 个密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n 个项目</numerusform>
        </translation>
    </message>
    <message>
        <source>The keys cannot be read</source>
        <translation>无法读取密钥</translation>
    </message>
    <message>
        <source>No key fits these filters</source>
        <translation>没有符合筛选条件的密钥</translation>
    </message>
    <message>
        <source>No key matches “%1”</source>
        <translation>没有匹配“%1”的密钥</translation>
    </message>
    <message numerus="yes">
        <source>Check the spelling, or clear the filters: %n key(s) are hidden by them.</source>
        <translation>
            <numerusform>请检查拼写，或清除筛选：它们隐藏了 %n 个密钥。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::LibrariesDialog</name>
    <message>
        <source>Libraries</source>
        <translation>库</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open the page of %1</source>
        <translation>打开 %1 的网页</translation>
    </message>
</context>
<context>
    <name>Ui::LimitField</name>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
</context>
<context>
    <name>Ui::ListField</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>What is stored is not shown; what you save here replaces it.</source>
        <translation>已存的内容不会显示；在此保存的内容会替换它。</translation>
    </message>
    <message>
        <source>One on each line</source>
        <translation>每行一个</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Ui::LogModel</name>
    <message>
        <source>Debug</source>
        <translation>调试</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>Ui::LogPage</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>No line matches</source>
        <translation>没有匹配的行</translation>
    </message>
    <message>
        <source>Take some of the filters away to see more.</source>
        <translation>减少筛选条件可看到更多。</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the selected lines</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Any category</source>
        <translation>所有类别</translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::MainWindow</name>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>The keys are read.</source>
        <translation>正在读取密钥。</translation>
    </message>
    <message>
        <source>This is the administrator&apos;s access token</source>
        <translation>这是管理员的访问令牌</translation>
    </message>
    <message>
        <source>It lets a client use the gateway and change it. It is shown this once.</source>
        <translation>持有它的客户端可以使用并更改网关。仅显示这一次。</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>复制令牌</translation>
    </message>
    <message>
        <source>Copied. The clipboard is cleared in 30 s.</source>
        <translation>已复制，30 秒后清空剪贴板。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>The gateway does not serve</source>
        <translation>网关未提供服务</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%n changes take effect after a restart of the gateway.</source>
        <translation>
            <numerusform>%n 项更改在网关重启后生效。</numerusform>
        </translation>
    </message>
    <message>
        <source>Restart gateway</source>
        <translation>重启网关</translation>
    </message>
    <message>
        <source>Another program holds it. Clients get no answer until this is mended.</source>
        <translation>该端口被另一个程序占用。在解决之前，客户端得不到应答。</translation>
    </message>
    <message>
        <source>Another program holds it: %1. Clients get no answer until this is mended.</source>
        <translation>该端口被 %1 占用。在解决之前，客户端得不到应答。</translation>
    </message>
    <message>
        <source>The gateway cannot listen on port %1</source>
        <translation>网关无法监听端口 %1</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>使用端口 %1</translation>
    </message>
    <message>
        <source>Not serving</source>
        <translation>未提供服务</translation>
    </message>
    <message>
        <source>The pages come once the gateway has started.</source>
        <translation>网关启动后即可查看各页面。</translation>
    </message>
</context>
<context>
    <name>Ui::ModelRows</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1: %2, minute %3, day %4</source>
        <translation>%1：%2，分钟 %3，每日 %4</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>asked last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>%1: %2, no limit is known</source>
        <translation>%1：%2，限额未知</translation>
    </message>
    <message>
        <source>Requests this minute</source>
        <translation>本分钟请求</translation>
    </message>
    <message>
        <source>Input tokens this minute</source>
        <translation>本分钟输入词元</translation>
    </message>
    <message>
        <source>Requests today</source>
        <translation>今日请求</translation>
    </message>
    <message>
        <source>Input tokens today</source>
        <translation>今日输入词元</translation>
    </message>
</context>
<context>
    <name>Ui::MoveDialog</name>
    <message numerus="yes">
        <source>Move %n key(s) to a project</source>
        <translation>
            <numerusform>将 %n 个密钥移至项目</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>项目(&amp;P)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Keys of one Google project share one allowance. Without a name, each key is taken to have a project of its own.</source>
        <translation>同一 Google 项目的密钥共享配额。未命名时，每个密钥视为各属一个项目。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
</context>
<context>
    <name>Ui::NameField</name>
    <message>
        <source>Name of the key</source>
        <translation>密钥名称</translation>
    </message>
</context>
<context>
    <name>Ui::NavigationItem</name>
    <message>
        <source>%1 (%2)</source>
        <extracomment>%1 is a page (&quot;Keys&quot;), %2 its keys (&quot;Ctrl+2&quot;)</extracomment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>Ui::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>1m</source>
        <translation>1 分</translation>
    </message>
    <message>
        <source>1h</source>
        <translation>1 时</translation>
    </message>
    <message>
        <source>24h</source>
        <translation>24 时</translation>
    </message>
    <message>
        <source>7d</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>p95 duration</source>
        <translation>p95 耗时</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首个词元耗时</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Top models</source>
        <translation>热门模型</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>请求数</translation>
    </message>
    <message>
        <source>Figures cannot be read: %1</source>
        <translation>无法读取数据：%1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>Ui::QuitQuestion</name>
    <message>
        <source>Quit Gemini Balance?</source>
        <translation>退出 Gemini Balance？</translation>
    </message>
    <message>
        <source>Clients get no answer once it has quit. Minimised, it goes on serving.</source>
        <translation>退出后客户端得不到回答；最小化则继续服务。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>最小化</translation>
    </message>
</context>
<context>
    <name>Ui::RequestAgain</name>
    <message>
        <source>The gateway is not serving now.</source>
        <translation>网关当前未提供服务。</translation>
    </message>
</context>
<context>
    <name>Ui::RequestCall</name>
    <message>
        <source>What was asked is not kept.</source>
        <translation>请求内容未保留。</translation>
    </message>
    <message>
        <source>Only a part of what was asked is kept.</source>
        <translation>请求内容只保留了一部分。</translation>
    </message>
    <message>
        <source>Its address holds a secret, which is not kept.</source>
        <translation>其地址含有未保留的密钥。</translation>
    </message>
</context>
<context>
    <name>Ui::RequestExport</name>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
</context>
<context>
    <name>Ui::RequestFilters</name>
    <message>
        <source>Search errors</source>
        <translation>搜索错误</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Retried</source>
        <translation>重试过</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>不限时间</translation>
    </message>
    <message>
        <source>Last 15 min</source>
        <translation>最近 15 分钟</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>Last 24 h</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>Last 7 d</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Any dialect</source>
        <translation>所有接口</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Any model</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Any token</source>
        <translation>所有令牌</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Any duration</source>
        <translation>不限耗时</translation>
    </message>
    <message>
        <source>%1 s or more</source>
        <translation>%1 秒以上</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>密钥 %1</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多筛选</translation>
    </message>
    <message numerus="yes">
        <source>More filters: %n set</source>
        <translation>
            <numerusform>更多筛选：已设 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::RequestModel</name>
    <message numerus="yes">
        <source>%n attempts</source>
        <translation>
            <numerusform>%n 次尝试</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3, key %4, %5</source>
        <extracomment>status, dialect, model, key, duration of a request</extracomment>
        <translation>%1，%2，%3，密钥 %4，%5</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Model asked → used</source>
        <translation>请求模型 → 实际模型</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>1st byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
</context>
<context>
    <name>Ui::RequestPane</name>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>请求详情</translation>
    </message>
    <message>
        <source>Newer request</source>
        <translation>较新的请求</translation>
    </message>
    <message>
        <source>Older request</source>
        <translation>较旧的请求</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Open setting</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 after %n attempts</source>
        <translation>
            <numerusform>%n 次尝试后 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>请求模型</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>实际模型</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Client token</source>
        <translation>客户端令牌</translation>
    </message>
    <message>
        <source>Tokens in / out</source>
        <translation>输入 / 输出词元</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Bytes in / out</source>
        <translation>输入 / 输出字节</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无密钥</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>密钥 %1</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Sent to Google</source>
        <translation>发给 Google 的内容</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Headers and bodies are not kept. You can change this in Settings.</source>
        <translation>标头和正文未保留。可在“设置”中更改。</translation>
    </message>
    <message>
        <source>Copy what is shown</source>
        <translation>复制所显示的内容</translation>
    </message>
    <message>
        <source>Not sent again: %1</source>
        <translation>未能重新发送：%1</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Sends the same request to the gateway once more</source>
        <translation>将同一请求再次发送到网关</translation>
    </message>
    <message>
        <source>Sent again: %1 after %2</source>
        <translation>已重新发送：%1，用时 %2</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>Ui::RequestsPage</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Nothing has come in yet</source>
        <translation>还没有请求</translation>
    </message>
    <message>
        <source>No request matches the filters</source>
        <translation>没有匹配筛选条件的请求</translation>
    </message>
    <message>
        <source>Take some of them away to see more.</source>
        <translation>减少筛选条件可看到更多。</translation>
    </message>
    <message>
        <source>Requests cannot be read</source>
        <translation>无法读取请求</translation>
    </message>
    <message>
        <source>Pause list</source>
        <translation>暂停列表</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message numerus="yes">
        <source>Delete what is older than %n days</source>
        <translation>
            <numerusform>删除 %n 天前的记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Point a client at %1 and its requests show up here, live.</source>
        <translation>将客户端指向 %1，其请求会实时显示在这里。</translation>
    </message>
    <message>
        <source>Connect a client</source>
        <translation>连接客户端</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n 条新请求</numerusform>
        </translation>
    </message>
    <message>
        <source>List paused</source>
        <translation>列表已暂停</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>Only token %1</source>
        <translation>仅令牌 %1</translation>
    </message>
    <message>
        <source>Only key %1</source>
        <translation>仅密钥 %1</translation>
    </message>
    <message>
        <source>Show key</source>
        <translation>查看密钥</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Resume list</source>
        <translation>恢复列表</translation>
    </message>
    <message>
        <source>Export requests</source>
        <translation>导出请求</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 行 (*.jsonl)</translation>
    </message>
    <message>
        <source>%1 requests written…</source>
        <translation>已写入 %1 个请求…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 requests exported</source>
        <translation>已导出 %1 个请求</translation>
    </message>
    <message>
        <source>Nothing was exported: %1</source>
        <translation>未导出：%1</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n requests?</source>
        <translation>
            <numerusform>删除 %n 个请求？</numerusform>
        </translation>
    </message>
    <message>
        <source>Their records cannot be brought back.</source>
        <translation>记录删除后无法恢复。</translation>
    </message>
    <message numerus="yes">
        <source>Delete requests older than %n days?</source>
        <translation>
            <numerusform>删除 %n 天前的请求？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests deleted</source>
        <translation>
            <numerusform>已删除 %n 个请求</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in the last 24 h</source>
        <translation>最近 24 小时 %1 个</translation>
    </message>
</context>
<context>
    <name>Ui::SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>Ui::SecretRow</name>
    <message>
        <source>Copy the key in full</source>
        <translation>复制完整密钥</translation>
    </message>
    <message>
        <source>Show the key for 30 seconds</source>
        <translation>显示密钥 30 秒</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>隐藏密钥</translation>
    </message>
</context>
<context>
    <name>Ui::SectionList</name>
    <message>
        <source>Sections</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>%1, a change waits for a restart</source>
        <translation>%1，有更改等待重启</translation>
    </message>
</context>
<context>
    <name>Ui::SelectionBar</name>
    <message>
        <source>Clear the selection</source>
        <translation>清除选择</translation>
    </message>
</context>
<context>
    <name>Ui::SettingRow</name>
    <message>
        <source>After restart</source>
        <translation>重启后生效</translation>
    </message>
    <message>
        <source>Set by %1</source>
        <translation>由 %1 设置</translation>
    </message>
    <message>
        <source>Set by the command line</source>
        <translation>由命令行设置</translation>
    </message>
    <message>
        <source>Set by the environment. Unset %1 to change it here.</source>
        <translation>由环境变量设置。取消 %1 后可在此更改。</translation>
    </message>
    <message>
        <source>Set by the command line. Start without it to change it here.</source>
        <translation>由命令行设置。启动时不带该选项即可在此更改。</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Back to the default: %1</source>
        <translation>恢复默认值：%1</translation>
    </message>
</context>
<context>
    <name>Ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>saved as you go</source>
        <translation>随改随存</translation>
    </message>
    <message>
        <source>Let other computers reach the gateway?</source>
        <translation>允许其他计算机访问网关？</translation>
    </message>
    <message>
        <source>Anyone on your network who has a token can then use your keys.</source>
        <translation>网络中持有令牌的任何人都能使用您的密钥。</translation>
    </message>
    <message>
        <source>Let them in</source>
        <translation>允许访问</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>No setting matches “%1”</source>
        <translation>没有匹配“%1”的设置</translation>
    </message>
    <message>
        <source>Settings are found by name, text and environment name.</source>
        <translation>可按名称、说明和环境变量名查找设置。</translation>
    </message>
</context>
<context>
    <name>Ui::SideBar</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Gemini Balance</source>
        <translation>Gemini Balance</translation>
    </message>
    <message>
        <source>Local gateway</source>
        <translation>本地网关</translation>
    </message>
</context>
<context>
    <name>Ui::StatusBar</name>
    <message numerus="yes">
        <source>%n requests/min</source>
        <translation>
            <numerusform>%n 请求/分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in flight</source>
        <translation>
            <numerusform>%n 个进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Daily quota resets in %1 h %2 min</source>
        <translation>每日配额 %1 小时 %2 分后重置</translation>
    </message>
    <message>
        <source>Daily quota resets in %1 min</source>
        <translation>每日配额 %1 分钟后重置</translation>
    </message>
</context>
<context>
    <name>Ui::StepIndicator</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <extracomment>%1 is the step&apos;s number, %2 how many there are, %3 its name</extracomment>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
</context>
<context>
    <name>Ui::TimeBar</name>
    <message>
        <source>%1 in all, first byte after %2</source>
        <translation>共 %1，首字节 %2</translation>
    </message>
    <message>
        <source>first byte %1</source>
        <translation>首字节 %1</translation>
    </message>
</context>
<context>
    <name>Ui::TimeChart</name>
    <message>
        <source>Chart of the last hour</source>
        <translation>最近一小时图表</translation>
    </message>
</context>
<context>
    <name>Ui::Toast</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Ui::TokenDialog</name>
    <message>
        <source>Edit limits</source>
        <translation>编辑限额</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>新建令牌</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Key tags</source>
        <translation>密钥标签</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create token</source>
        <translation>创建令牌</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>永不</translation>
    </message>
    <message numerus="yes">
        <source>In %n day(s)</source>
        <translation>
            <numerusform>%n 天后</numerusform>
        </translation>
    </message>
    <message>
        <source>In a year</source>
        <translation>一年后</translation>
    </message>
    <message>
        <source>At the end of a day…</source>
        <translation>某天结束时…</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>过期</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Requests per day</source>
        <translation>每日请求数</translation>
    </message>
    <message>
        <source>Tokens per day</source>
        <translation>每日词元</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>None chosen means any model.</source>
        <translation>不选表示任意模型。</translation>
    </message>
    <message>
        <source>Tokens per minute</source>
        <translation>每分钟词元</translation>
    </message>
    <message>
        <source>US dollars per month</source>
        <translation>每月美元</translation>
    </message>
    <message>
        <source>Dialects</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>None chosen means all of them.</source>
        <translation>不选表示全部。</translation>
    </message>
    <message>
        <source>Only keys that carry all of these.</source>
        <translation>只用带有全部这些标签的密钥。</translation>
    </message>
    <message>
        <source>As 10.0.0.0/8; none means any.</source>
        <translation>如 10.0.0.0/8；留空表示任意来源。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>较少设置</translation>
    </message>
    <message>
        <source>A token needs a name.</source>
        <translation>令牌需要名称。</translation>
    </message>
    <message>
        <source>%1: a number from 1 on, or nothing for no limit.</source>
        <translation>%1：不小于 1 的数字，留空表示无限制。</translation>
    </message>
    <message>
        <source>Between semicolons: thinking, temperature, max_tokens, search, url_context, code_execution, safety, system_before and system_after with a text in quotes, headers=&quot;NAME: VALUE&quot; for the calls to Google. With ! behind a value it counts also where the client says otherwise.</source>
        <translation>以分号分隔：thinking、temperature、max_tokens、search、url_context、code_execution、safety，system_before 与 system_after（文本写在引号中），headers=&quot;NAME: VALUE&quot; 用于发往 Google 的调用。值后加 ! 时，即使客户端另有指定也以此为准。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>What its requests are given, written as behind an alias of a model.</source>
        <translation>附加到其请求的参数，写法与模型别名后的相同。</translation>
    </message>
</context>
<context>
    <name>Ui::TokenExpiryDelegate</name>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已禁用</translation>
    </message>
</context>
<context>
    <name>Ui::TokenTexts</name>
    <message>
        <source>any model</source>
        <translation>任意模型</translation>
    </message>
    <message>
        <source>%1 / min</source>
        <translation>%1 / 分</translation>
    </message>
    <message>
        <source>%1 tokens / min</source>
        <translation>%1 词元 / 分</translation>
    </message>
    <message>
        <source>%1 / day</source>
        <translation>%1 / 天</translation>
    </message>
    <message>
        <source>%1 tokens / day</source>
        <translation>%1 词元 / 天</translation>
    </message>
    <message>
        <source>%1 / month</source>
        <translation>%1 / 月</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>Requests per minute: %1</source>
        <translation>每分钟请求：%1</translation>
    </message>
    <message>
        <source>Tokens per minute: %1</source>
        <translation>每分钟词元：%1</translation>
    </message>
    <message>
        <source>Requests per day: %1</source>
        <translation>每日请求：%1</translation>
    </message>
    <message>
        <source>Tokens per day: %1</source>
        <translation>每日词元：%1</translation>
    </message>
    <message>
        <source>US dollars per month: %1</source>
        <translation>每月美元：%1</translation>
    </message>
    <message>
        <source>Only keys with: %1</source>
        <translation>仅限密钥：%1</translation>
    </message>
    <message>
        <source>Only from: %1</source>
        <translation>仅限来源：%1</translation>
    </message>
    <message>
        <source>Only by: %1</source>
        <translation>仅限接口：%1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n 个请求</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>ends in %1</source>
        <translation>%1 后结束</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>今日 %1</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>expires %1</source>
        <translation>%1 过期</translation>
    </message>
</context>
<context>
    <name>Ui::TokensCard</name>
    <message>
        <source>Access tokens</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>No tokens yet</source>
        <translation>还没有令牌</translation>
    </message>
    <message>
        <source>Give each program a token of its own: then it can be limited, followed and stopped by itself.</source>
        <translation>为每个程序单独创建令牌：便于限额、跟踪和停用。</translation>
    </message>
    <message>
        <source>The tokens cannot be read</source>
        <translation>无法读取令牌</translation>
    </message>
    <message>
        <source>What clients show at the door. Limits hold per token.</source>
        <translation>客户端凭此访问，限额按令牌计算。</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>新建令牌</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open setting</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Edit limits…</source>
        <translation>编辑限额…</translation>
    </message>
    <message>
        <source>Renew…</source>
        <translation>更新…</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>禁用</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>吊销…</translation>
    </message>
    <message>
        <source>Limits of “%1” saved</source>
        <translation>已保存“%1”的限额</translation>
    </message>
    <message>
        <source>“%1” enabled</source>
        <translation>已启用“%1”</translation>
    </message>
    <message>
        <source>“%1” disabled</source>
        <translation>已禁用“%1”</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Revoke “%1”?</source>
        <translation>吊销“%1”？</translation>
    </message>
    <message>
        <source>Clients that use it are refused at once. This cannot be undone.</source>
        <translation>使用它的客户端会立即被拒绝，且无法撤销。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>“%1” revoked</source>
        <translation>已吊销“%1”</translation>
    </message>
    <message>
        <source>Renew “%1”?</source>
        <translation>更新“%1”？</translation>
    </message>
    <message>
        <source>It gets a new text, shown once. Clients that use the old one are refused at once.</source>
        <translation>将生成新的内容并仅显示一次。使用旧令牌的客户端会立即被拒绝。</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>更新</translation>
    </message>
</context>
<context>
    <name>Ui::TokensModel</name>
    <message>
        <source>Acts for %1</source>
        <translation>%1 的操作</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>过期</translation>
    </message>
</context>
<context>
    <name>Ui::TopModels</name>
    <message>
        <source>Top models</source>
        <translation>热门模型</translation>
    </message>
    <message>
        <source>No requests in this period.</source>
        <translation>此时段没有请求。</translation>
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
        <source>%1, %2</source>
        <extracomment>%1 is the state (&quot;Serving&quot;), %2 &quot;36 of 42 keys usable&quot;</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Gemini Balance: %1</source>
        <translation>Gemini Balance：%1</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Pause serving</source>
        <translation>暂停服务</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>15 分钟</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>直到我恢复</translation>
    </message>
    <message>
        <source>Resume serving</source>
        <translation>恢复服务</translation>
    </message>
    <message>
        <source>Check all keys</source>
        <translation>检查所有密钥</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Needs a hand (%1)</source>
        <translation>需要处理（%1）</translation>
    </message>
</context>
<context>
    <name>Ui::WelcomeClient</name>
    <message>
        <source>Connect a client</source>
        <translation>连接客户端</translation>
    </message>
    <message>
        <source>Give a program one of these addresses and the token, and it has Gemini.</source>
        <translation>把其中一个地址和令牌交给程序，它就能使用 Gemini。</translation>
    </message>
    <message>
        <source>OpenAI clients</source>
        <translation>OpenAI 客户端</translation>
    </message>
    <message>
        <source>Copy the address for OpenAI clients</source>
        <translation>复制 OpenAI 客户端的地址</translation>
    </message>
    <message>
        <source>Gemini clients</source>
        <translation>Gemini 客户端</translation>
    </message>
    <message>
        <source>Copy the address for Gemini clients</source>
        <translation>复制 Gemini 客户端的地址</translation>
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
        <source>Set up a known client…</source>
        <translation>设置常见客户端…</translation>
    </message>
    <message>
        <source>Claude Code, Codex, gemini-cli, Cline, Continue, Zed and others: the settings to copy, or written for you.</source>
        <translation>Claude Code、Codex、gemini-cli、Cline、Continue、Zed 等：可复制设置，也可代为写入。</translation>
    </message>
    <message>
        <source>none yet; you can make one on the page Clients</source>
        <translation>尚无；可在“客户端”页创建</translation>
    </message>
    <message>
        <source>Open Gemini Balance</source>
        <translation>打开 Gemini Balance</translation>
    </message>
</context>
<context>
    <name>Ui::WelcomeDialog</name>
    <message>
        <source>Add keys</source>
        <translation>添加密钥</translation>
    </message>
    <message>
        <source>Create a token</source>
        <translation>创建令牌</translation>
    </message>
    <message>
        <source>Connect a client</source>
        <translation>连接客户端</translation>
    </message>
    <message>
        <source>Skip for now</source>
        <translation>暂时跳过</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Welcome to Gemini Balance</source>
        <translation>欢迎使用 Gemini Balance</translation>
    </message>
    <message>
        <source>Gemini Balance</source>
        <translation>Gemini Balance</translation>
    </message>
    <message>
        <source>One address for all your Gemini keys. Any client, no waiting on a spent key.</source>
        <translation>所有 Gemini 密钥共用一个地址。支持任何客户端，无需等待用尽的密钥。</translation>
    </message>
    <message>
        <source>Keys stay on this computer, encrypted.</source>
        <translation>密钥加密保存在本机。</translation>
    </message>
</context>
<context>
    <name>Ui::WelcomeKeys</name>
    <message>
        <source>Paste your Gemini API keys</source>
        <translation>粘贴您的 Gemini API 密钥</translation>
    </message>
    <message>
        <source>Any text will do: one per line, an .env file, JSON. Free keys come from aistudio.google.com.</source>
        <translation>任何文本均可：每行一个、.env 文件或 JSON。免费密钥可从 aistudio.google.com 获取。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message numerus="yes">
        <source>Add %n keys</source>
        <translation>
            <numerusform>添加 %n 个密钥</numerusform>
        </translation>
    </message>
    <message>
        <source>Add keys</source>
        <translation>添加密钥</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n 条新请求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n 个已存在</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n twice in this text</source>
        <translation>
            <numerusform>%n 个在文本中重复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n malformed, which are skipped</source>
        <translation>
            <numerusform>%n 个格式不正确，将跳过</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a file with keys</source>
        <translation>打开含密钥的文件</translation>
    </message>
</context>
<context>
    <name>Ui::WelcomeToken</name>
    <message>
        <source>Create an access token</source>
        <translation>创建访问令牌</translation>
    </message>
    <message>
        <source>Clients show it to the gateway in place of a Gemini key. You can make one for each client later, each with its own limits.</source>
        <translation>客户端用它代替 Gemini 密钥访问网关。之后可为每个客户端创建各自的令牌和限额。</translation>
    </message>
    <message>
        <source>My computer</source>
        <translation>我的电脑</translation>
    </message>
    <message>
        <source>Copy the access token</source>
        <translation>复制访问令牌</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Copy it now: it is not shown again. A new one can be made at any time.</source>
        <translation>请立即复制：不会再次显示。随时可以创建新的令牌。</translation>
    </message>
    <message>
        <source>Create token</source>
        <translation>创建令牌</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
</TS>
