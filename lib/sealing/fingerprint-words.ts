/**
 * The words in which people compare fingerprints: one for each value of a byte, in its order. No English word begins
 * with the same four letters as another or is nearer to it than three letters changed; no Chinese character stands in
 * two words, and no two words sound alike but for their tones.
 */

const ENGLISH = `
  abbey acorn album almond anchor apple atlas attic autumn avocado bagel balcony bamboo barley beacon beaver
  biscuit blanket bonfire bonnet bracelet brick broom buffalo butter cabin cactus carpet castle cedar chapter
  chimney cinema cinnamon circus clock clover coconut coffee comet compass copper coral cotton cricket crystal
  cupboard curtain daisy dancer desert diamond dolphin dragon drum eagle earring echo eclipse elbow elephant
  elevator emerald engine envelope feather fence ferry festival finger flamingo flute football forest fossil
  frame frog fruit funnel furnace galaxy gallery garden garlic giraffe glacier goat goose granite guitar
  gymnast hamster harvest hawk hedge horizon hospital iceberg igloo incense insect island ivory jacket jaguar
  jasmine jelly jewel jigsaw journal jukebox jungle kangaroo kayak kettle keyboard kitchen koala lagoon lantern
  lava library linen lizard lotus magnet mailbox mango marble melon mermaid meteor mirror mitten monkey
  monument mosquito mountain muffin museum mushroom music napkin nectar needle nest notebook nutmeg ocean
  octopus olive omelet onion opera orange orchid ostrich oyster package palace pancake panda parrot passport
  peach peanut pebble pelican pencil penguin piano pickle pigeon pilot pirate platform poppy prism pumpkin
  puppet puzzle pyramid quartz queen quilt rabbit radish raft raincoat raven reindeer ribbon ruby rudder saddle
  sandwich saxophone scarf school scissors seashell shadow shovel silver skate skeleton sketch sleigh snail
  spider spoon squirrel stable storm sugar suitcase sunset swan syrup teapot temple tennis thimble thunder
  timber tomato torch tornado tower tractor treasure tricycle trumpet tulip turtle umbrella unicorn vanilla
  vault velvet vessel violin volcano vulture waffle walnut water whistle willow windmill wolf wreath yacht yarn
  zebra zeppelin
`;

const CHINESE = `
  苹果 葡萄 西瓜 樱桃 石榴 柠檬 荔枝 菠萝 草莓 白菜 土豆 面包 馒头 水饺 牛奶 咖啡
  绿茶 蜂蜜 冰糖 酱油 花椒 生姜 大蒜 老虎 熊猫 狐狸 骆驼 斑马 松鼠 刺猬 海豚 鲸鱼
  乌龟 青蛙 蝴蝶 蜻蜓 蚂蚁 蜘蛛 喜鹊 孔雀 苍鹰 天鹅 鸳鸯 鹦鹉 公鸡 山羊 蝙蝠 螃蟹
  龙虾 竹筏 荷叶 牡丹 玫瑰 茉莉 银杏 梧桐 杨柳 长江 湖泊 沙漠 森林 瀑布 岛屿 峡谷
  港湾 悬崖 溪流 温泉 太阳 月亮 星座 彩虹 闪电 春雨 秋风 冬雪 晨雾 桥梁 宝塔 寺庙
  城墙 宫殿 凉亭 灯笼 车站 机场 学校 医院 书店 邮局 工厂 桌椅 窗帘 地毯 棉被 镜框
  钟表 折扇 剪刀 钥匙 梯田 扫帚 锅盖 碗筷 毛笔 墨汁 砚台 宣纸 铅球 橡皮 日历 字典
  信封 相册 钢琴 古筝 琵琶 短笛 锣鼓 吉他 围棋 陀螺 衬衫 裙摆 手套 丝巾 绸缎 纽扣
  火箭 飞艇 轮船 教师 农夫 渔网 木匠 画廊 舞蹈 黄金 玉器 珍珠 翡翠 琥珀 陶瓷 砖瓦
  玻璃 诗词 算盘 磁针 弹簧 滑翔 端午 东方 北极 盾牌 铠甲 旗帜 摇篮 玩偶 气泡 牧童
  骑士 邻居 芝麻 莲藕 蘑菇 糯米 汤圆 煎饼 香肠 烤鸭 蛋糕 人参 珊瑚 贝壳 潮汐 浪涛
  蓝图 厨房 篱笆 烟囱 屋檐 门槛 阁楼 稻穗 高粱 隧道 堤坝 运河 渡口 攀岩 击剑 摔跤
  跨栏 标枪 肩膀 胳膊 脚踝 耳朵 嘴唇 牙齿 舌尖 勇敢 智慧 和平 蜡烛 煤炉 行李 护照
  黑板 脸谱 京剧 杂技 魔术 拖把 肥皂 浴缸 斗篷 领带 蟋蟀 蟒蛇 仙鹤 鸵鸟 杜鹃 百灵
  铃铛 拐杖 屏幕 警察 婚礼 兄弟 朋友 蔷薇 葫芦 麋鹿 沼泽 丘陵 盆景 印章 谜语 凤凰
  麒麟 旋律 颜料 将军 皇帝 药箱 国王 奖杯 裁缝 喇叭 乒乓 苔藓 荒野 磨坊 榕树 薯片
`;

const listed = (text: string): readonly string[] => text.trim().split(/\s+/);

export const FINGERPRINT_WORDS = { en: listed(ENGLISH), zh: listed(CHINESE) } as const;
