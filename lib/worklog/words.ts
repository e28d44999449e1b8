// The words by which a reader tells what was done from what was read, in both languages. Data only.

/** A verb of doing something in a cloud account. English verbs are listed by their base form; other forms are derived. */
export const DOING_ENGLISH =
  'create, prep, visualize, visualise, set, log, transform, turn,  launch, deploy, redeploy, configure, reconfigure, config, set up, setup, enable, activate, attach, detach, connect, reconnect, install, upload, build, rebuild, integrate, migrate, monitor, clean up, cleanup, clean, implement, provision, register, run, execute, perform, carry out, add, delete, remove, terminate, stop, restart, restore, assign, associate, apply, allocate, publish, push, pull, invoke, trigger, schedule, automate, define, establish, initialize, initialise, init, import, export, encrypt, rotate, mount, bind, expose, secure, update, modify, edit, resize, replicate, synchronize, sync, transfer, move, verify, validate, troubleshoot, debug, resolve, simulate, generate, subscribe, send, grant, restrict, block, customize, customise, containerize, dockerize, sign up, spin up, peer, link, join, store, scale, tag, optimize, optimise, fine tune, host, disable, allow, manage, test, re test, check, fix, audit, replace, write, collect, back up, complete, finish, release, switch, insert, query, load, format, partition, extend, promote, convert, stream, log in, log into, ssh, ssh into, emulate, protect, harden, centralize, turn on, turn off, put, upgrade, downgrade, route, issue, inspect and optimize, dispatch, ingest, crawl, operate, combine, adjust, isolate, separate, wire, refactor, enforce, tear down, purge, invalidate, package, containerise, prune, develop, author, orchestrate';

/** Verbs that only count with a service as what they act on or act with. */
export const WEAK_ENGLISH =
  'use, utilize, utilise, leverage, employ, access, work with, play with, experiment with, try, start, view, open, analyze, analyse';

/** Verbs of learning, reporting and meeting, and words that begin a topic. */
export const READING_ENGLISH =
  'learn, relearn, study, understand, research, explore, watch, read, compare, review, know, grasp, master, familiarize, get familiar, get acquainted, become familiar, get to know, get used, introduce, introduction, overview, identify, differentiate, distinguish, discuss, attend, meet, meeting, present, presentation, prepare, evaluate, assess, investigate, examine, inspect, explain, describe, document, summarize, summarise, summary, note, take note, take notes, plan, design, propose, brainstorm, discover, observe, survey, consolidate, revise, deep dive, dive into, dive deeper, delve, gain, acquire, strengthen, reinforce, participate, listen, ask, share, report, reflect, refer, theory, concept, basic concept, fundamentals, what is, how to, why, differences, difference, comparison, analysis, translate, choose topic, deepen, recap, access control, access management, will be, new lab, coming soon, consider, choose, select, enhance knowledge, improve understanding, be aware, look into, look at, finalize report, write report, write worklog, write the worklog, write blog, write documentation, write a report, complete report, complete worklog, update worklog, update documentation, update report, record, archive, compile, showcase, receive, collect feedback, synthesize, quiz, exam, self study, search, find, find out, draw, sketch, outline, define requirements, define scope, gather requirements, brief, orient, orientation, get started';

export const DOING_VIETNAMESE =
  'tạo, tạo ra, tạo lập, tạo mới, khởi tạo, cấu hình, thiết lập, triển khai, bật, kích hoạt, gắn, đính kèm, kết nối, cài đặt, cài, kiểm tra, kiểm thử, thử nghiệm, dọn dẹp, dọn, xóa, xoá, xây dựng, dựng, tải lên, đẩy, tích hợp, di chuyển, di trú, giám sát, theo dõi, quản lý, áp dụng, thực hiện, chạy, khởi chạy, vận hành, mở rộng, tối ưu, tối ưu hóa, tối ưu hoá, phân quyền, gán, liên kết, mã hóa, mã hoá, sao lưu, khôi phục, phục hồi, lên lịch, đăng ký, xác minh, xác thực, khắc phục, sửa, sửa lỗi, xử lý, viết, định nghĩa, cập nhật, chỉnh sửa, thay đổi, thêm, bổ sung, cấp, cấp phát, cấp quyền, phát hành, đồng bộ, tự động hóa, tự động hoá, mô phỏng, thao tác, tắt, dừng, khởi động, đóng gói, đưa, chuyển, chuyển đổi, lưu trữ, lưu, kích hoạt, import, export, nhập, xuất, hoàn thành, giới hạn, chặn, bảo vệ, thu thập, nâng cấp, truy vấn, kiểm soát, phân phối, ánh xạ, thử, hoàn thiện, hoàn tất, debug, build, push, host, gửi, ủy quyền, thu hồi, gỡ, hủy, huỷ, mount, attach, khai báo, thiết đặt, thay thế, thực thi, định tuyến, gọi, biên dịch, điều chỉnh, tinh chỉnh, phát triển, lập trình';

export const WEAK_VIETNAMESE =
  'sử dụng, dùng, truy cập, đăng nhập, ứng dụng, vận dụng, tận dụng, thao tác với, làm việc với, phân tích, chuẩn bị, mở';

export const READING_VIETNAMESE =
  'tìm hiểu, tìm hiểu sâu, học, học về, học tập, học cách, nghiên cứu, ôn tập, ôn lại, ôn, xem, xem lại, đọc, hiểu, hiểu rõ, hiểu về, nắm, nắm vững, nắm bắt, nắm được, làm quen, biết, biết cách, so sánh, phân biệt, tham khảo, khám phá, đánh giá, rà soát, tổng quan, giới thiệu, tổng hợp, ghi nhận, ghi chú, ghi chép, ghi lại, báo cáo, họp, thảo luận, trao đổi, trình bày, thiết kế, lập kế hoạch, lên kế hoạch, lên ý tưởng, xác định, lựa chọn, chọn đề tài, đề xuất, tham gia, tham dự, củng cố, tiếp cận, viết báo cáo, viết worklog, viết nhật ký, hoàn thiện báo cáo, hoàn thiện worklog, cập nhật worklog, cập nhật tài liệu, cập nhật báo cáo, cập nhật thiết kế, cập nhật sơ đồ, dịch, dịch bài, khảo sát, quan sát, nhận biết, mô tả, khái niệm, lý thuyết, cách, tổng kết, vẽ, phác thảo, nhận xét, chia sẻ, lắng nghe, gặp gỡ, suy ngẫm, đào sâu, mở rộng kiến thức, bổ sung kiến thức, ôn luyện, tìm kiếm, tra cứu, xem video, nghe, thuyết trình, chuẩn bị báo cáo, chuẩn bị slide, chuẩn bị tài liệu, thu thập tài liệu, tìm kiếm tài liệu, sự khác nhau, định hướng, theo dõi yêu cầu, theo dõi tiến độ';

/** Words that announce practice. */
export const PRACTICE =
  'practice, practise, hands on practice, practice lab, thực hành, thực hành lab, làm lab, làm bài lab, thực hiện lab, thực hành bài lab, hoàn thành lab, do lab, complete lab, finish lab, compete lab, do the lab, complete the lab, làm bài thực hành, làm workshop, làm thực hành';

/** Nouns that announce practice: as a label, or as what a verb of doing is about. */
export const EXERCISE =
  'hands on, handson, lab, mini lab, workshop, practical, exercise, hands on lab, hands on exercise, lab practice, practical exercise, practical task, practical lab, bài thực hành, bài lab, phần thực hành';

/** Verbs of planning and of attending: what stands under them is meant to be done, or was shown by others. */
export const DESIGNING =
  'design, choose, select, plan, propose, brainstorm, draft, decide, agree, sketch, finalize, define architecture, define scope, architecture, thiết kế, lựa chọn, chọn, phác thảo, lên ý tưởng, ý tưởng, lập kế hoạch, lên kế hoạch, kế hoạch, đề xuất, thống nhất, xác định, attend, participate, tham dự, tham gia';

/** Verbs of learning proper. */
export const LEARNING =
  'learn, study, understand, research, explore, read, watch, review, introduction, overview, meeting, tìm hiểu, học, nghiên cứu, đọc, xem, hiểu, ôn tập, họp, nắm, làm quen, tổng quan';

/** Phrases with a word of practice in them that announce none. */
export const NO_PRACTICE =
  'best practice, best practices, practice exam, practice test, practice quiz, practice assignment, practice question, workshop report, attend workshop, attend the workshop, tham gia workshop, tham dự workshop, in practice, thông lệ, lab environment, lab report, lab result, lab results, lab guide, lab account, jupyterlab, gitlab, workshop topic, workshop idea, chủ đề workshop, workshop proposal, workshop document, workshop content, nội dung workshop, academy lab, learner lab, workshop documentation, trang workshop, workshop page, web workshop, workshop website';

/** Words that may stand before the verb without changing what it says. */
export const FILLERS =
  'successfully, also, additional, more, extra, then, next, finally, first, again, further, continue, continued, continue to, begin, began, begin to, start to, started to, started, try to, tried to, help, helped, tự, đã, đang, sẽ, tiếp tục, bắt đầu, tiến hành, cùng, cùng nhau, sau đó, rồi, thành công, cũng, các, bước đầu, hoàn thành việc, thực hiện việc, việc, group, team, nhóm, personally, together, i, we, manually, automatically, re, and, và, cơ bản, basic, advanced, safely, securely, properly, phối hợp, hỗ trợ, hướng dẫn, để, biết';

/** After a reading verb these make the verbs that follow part of what is learnt. */
export const SCOPING = 'how, to, about, cách, về, of, on, into, in';

/** Things of an application's own code: a verb that acts on one of them is no work in a cloud account. */
export const APP_CODE =
  'coursera, udemy, course, khóa học, component, components, ui, ux, giao diện, màn hình, screen, page, trang, form, thư viện, library, react, reactjs, flask, python, vue, angular, nestjs, next js, nextjs, tailwind, css, html, prisma, typescript, javascript, frontend code, hiệu ứng, animation, button, nút, layout, bố cục, widget ui, flutter, navbar, sidebar, modal, hook, state mock, unit test, figma, wireframe, chatbot ui, prompt, slide, slides, poster, báo cáo, report, worklog, tài liệu, documentation, document, sơ đồ, diagram, blog, proposal, readme, thuyết trình, presentation, video demo, model machine learning, notebook code, module, class, hugo, architecture diagram, sơ đồ kiến trúc, use case';

/** Things that are an application's unless a service is named with them. */
export const APP_THINGS =
  'dataset, datasets, github, git, repo, repository, jwt, login, blog, side project, frontend, backend, website, web page, comment, crud, source code, mã nguồn, mentor, project, dự án, đồ án, github pages, knowledge, kiến thức, skill, kỹ năng, portfolio, meeting, schema, endpoint, unit, postman, mobile, app, ứng dụng di động, model, mô hình, feature, tính năng, chức năng, bug, lỗi giao diện';

/** Verbs that are more often nouns; they count where a sentence begins or where something is being done. */
export const OFTEN_NOUNS =
  'block, store, load, query, stream, scale, host, tag, route, issue, format, partition, link, join, peer, release, package, insert, schedule, set, log, turn, test, monitor, backup, switch, access, build, check, move, update, view, upgrade, setup, transfer, import, export, sync, trigger';

/** Words for what several services have, and the services they may mean: those that the row names elsewhere. */
export const COMMON_NOUNS: Readonly<Record<string, readonly string[]>> = {
  pipeline: ['AWS CodePipeline'],
  'function, hàm, layer': ['AWS Lambda'],
  'queue, hàng đợi': ['Amazon SQS'],
  topic: ['Amazon SNS'],
  'alarm, dashboard, cảnh báo': ['Amazon CloudWatch'],
  'table, bảng': ['Amazon DynamoDB'],
  'volume, ổ đĩa': ['Amazon EBS'],
  snapshot: ['Amazon EBS', 'Amazon RDS'],
  role: ['AWS IAM'],
  stack: ['AWS CloudFormation'],
  rule: ['Amazon EventBridge'],
  'database, cơ sở dữ liệu, csdl': ['Amazon RDS'],
  cluster: ['Amazon ECS', 'Amazon EKS', 'Amazon ElastiCache'],
  cache: ['Amazon ElastiCache'],
  'server, máy chủ': ['Amazon EC2'],
};

/** Phrases that say that something was done in an AWS account, whatever service it was. */
export const ON_AWS = 'on aws, to aws, onto aws, lên aws, trên aws, aws resource, tài nguyên aws, resources on aws';
