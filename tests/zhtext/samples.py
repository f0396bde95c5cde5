"""Two sources as they come in, made up in the shapes of real ones: a subtitle script and a scraped interview."""

SCRIPT = """\
大家好，欢迎收听夜读人工智能
今天要给大家介绍的是强化学习的来龙去脉
节目大约二十分钟
有兴趣的朋友可以先收藏
首先
我们要说说什么是奖励
一只小狗学会握手
靠的就是
一次又一次的饼干
模型也一样
如果它答对了题目
那么就得到一分
但是分数并不能说明
它是怎么想的
在训练的过程中
研究人员发现
模型会找到奖励的漏洞
而不是真的把题目做好
这是为什么呢
因为奖励只看结果
所以人们又想出了过程奖励
它会给每一步打分
然而这样做要花很多人力
最后
感谢大家的陪伴
我们明天再见
"""

TITLE = "对话青禾创始人:小模型也能学会推理、scaling law 还没有走到头"

# No-break spaces stand where the page had empty paragraphs; the speaker of one turn has lost the colon.
PAGE = f"""\
云上开发者限时福利来啦!现金好礼等你领取~ 了解详情
写点什么

{TITLE}

  • 2025-03-08
    杭州
  • 本文字数:5120 字

    阅读完需:约 17 分钟

大小:3.20M时长:00:18:25
对话青禾创始人:小模型也能学会推理、scaling law还没有走到头

编辑 | 周晓、Lena

\u00a0

上个月,青禾在杭州发布了一个只有 3B 参数的模型。创始人说,它是用两台旧机器训练出来的。

\u00a0

缩放定律 Scaling Law

Mia Chen:先从缩放定律说起吧。它到底说了什么?

\u00a0

Tom Baker: 它说的是,模型、数据和算力一起变大,

\u00a0

损失就会沿着一条平滑的曲线往下走。

\u00a0

我们后来又把这条曲线重新画了三遍,结果都一样。

\u00a0

Mia Chen:那为什么还要做小模型?

\u00a0

Tom Baker因为大多数人用不起大的。

\u00a0

后训练

Mia Chen:后训练在你们那里占多少?

\u00a0

Tom Baker:一半以上。

\u00a0

Mia Chen:谢谢你。

\u00a0

Tom Baker:也谢谢你,欢迎到杭州来玩。

\u00a0

原视频链接:

https://video.example.org/watch?v=3B

2025-03-08 09:302

评论

发布
暂无评论

吐血整理 | 一百道面试题

码农小王

Java 面试

对话青禾创始人:小模型也能学会推理、scaling law还没有走到头_大模型_周晓_示例站精选文章
"""
